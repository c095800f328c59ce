// The theme of an element: whether drawings are on a dark or a light background, and when that changes.

const QUERIES = ["(prefers-color-scheme: dark)", "(forced-colors: active)"];

/** @type {Map<string, number | undefined>} */
const lightnesses = new Map();

/**
 * Lightness of any CSS colour, 0 to 255; undefined if it is transparent.
 * @param {string} colour
 */
function lightness(colour) {
  if (!lightnesses.has(colour)) {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 1;
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    const [r, g, b, alpha] = context.getImageData(0, 0, 1, 1).data;
    lightnesses.set(colour, alpha < 128 ? undefined : 0.299 * r + 0.587 * g + 0.114 * b);
  }
  return lightnesses.get(colour);
}

/**
 * Watches the background of `element`. Calls `changed(printing)` when its colour may have changed, or before printing,
 * which cannot wait for the next frame.
 * @param {Element} element
 * @param {(printing: boolean) => void} changed
 */
export function theme(element, changed) {
  let printing = false;
  const media = QUERIES.map((query) => matchMedia(query));
  const themed = () => changed(false);
  /** @param {Event} event */
  const print = ({ type }) => {
    printing = type === "beforeprint";
    changed(true);
  };
  return {
    /** Whether the background is dark because of the system, forced colours or the author's style. */
    get dark() {
      if (printing) return false;
      const { backgroundColor, color } = getComputedStyle(element);
      const paper = lightness(backgroundColor);
      // A transparent background counts as dark if the text on it is light.
      return paper === undefined ? /** @type {number} */ (lightness(color)) > 128 : paper < 128;
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
