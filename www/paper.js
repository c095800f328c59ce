// Whether the drawings stand on dark or on light paper, and when that changes.

const QUERIES = ["(prefers-color-scheme: dark)", "(forced-colors: active)"];

/**
 * Watches the paper of `element`; calls `changed(printing)` when it may have another colour, or is about to be
 * printed, which cannot wait for the next frame.
 */
export function paper(element, changed) {
  let printing = false;
  const media = QUERIES.map((query) => matchMedia(query));
  const themed = () => changed(false);
  const print = ({ type }) => {
    printing = type === "beforeprint";
    changed(true);
  };
  return {
    /** Whether the paper is dark, whatever the reason: the system, forced colours or the author's style. */
    get dark() {
      if (printing) return false;
      const colour = getComputedStyle(element).backgroundColor;
      const [r, g, b] = colour.match(/[\d.]+/g)?.map(Number) ?? [255, 255, 255];
      return 0.299 * r + 0.587 * g + 0.114 * b < 128;
    },
    connect() {
      for (const query of media) query.addEventListener("change", themed);
      for (const type of ["beforeprint", "afterprint"]) addEventListener(type, print);
    },
    disconnect() {
      for (const query of media) query.removeEventListener("change", themed);
      for (const type of ["beforeprint", "afterprint"]) removeEventListener(type, print);
    },
  };
}
