// The canvases: sized to the pixels of the screen, drawn when something changed and only while in sight.

import { coalesced } from "./clock.js";
import { h } from "./dom.js";

const NAMES = ["price", "ladder", "sales", "r"];

/**
 * The views. `paint(name, canvas, em, width, height)` draws one: `em` is the size of the text,
 * all in pixels of the screen;
 * `dragged(fraction)` is told where along the time axis a pointer was put down or moved, 0 to 1.
 * The margins of the plots, in em, are those of the drawings.
 */
export function views(margins, paint, dragged) {
  const canvases = new Map(
    NAMES.map((name) => [name, h("canvas", { className: name, role: "img", dir: "ltr" })]),
  );
  const element = h("div", { className: "views" }, ...canvases.values());
  let inSight = true;

  const drawNow = () => {
    if (element.offsetWidth === 0) return;
    const ratio = devicePixelRatio || 1;
    // The size of the text follows the page's, so that zoom and large type reach the drawings.
    const em = parseFloat(getComputedStyle(element).fontSize) * ratio;
    for (const [name, canvas] of canvases) {
      const box = canvas.getBoundingClientRect();
      const width = Math.max(Math.round(box.width * ratio), 1);
      const height = Math.max(Math.round(box.height * ratio), 1);
      paint(name, canvas, em, width, height);
    }
  };
  const draw = coalesced(() => {
    if (inSight) drawNow();
  });

  const resized = new ResizeObserver(draw);
  const sighted = new IntersectionObserver(
    (entries) => {
      inSight = entries.at(-1).isIntersecting;
      draw();
    },
    { rootMargin: "200px" },
  );

  for (const [name, canvas] of canvases) {
    canvas.addEventListener("contextrestored", draw);
    if (name === "ladder") continue;
    const drag = (event) => {
      const em = parseFloat(getComputedStyle(element).fontSize);
      const box = canvas.getBoundingClientRect();
      const plot = box.width - (margins.left + margins.right) * em;
      dragged((event.clientX - box.left - margins.left * em) / plot);
    };
    canvas.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      canvas.setPointerCapture(event.pointerId);
      drag(event);
    });
    canvas.addEventListener("pointermove", (event) => {
      if (canvas.hasPointerCapture(event.pointerId)) drag(event);
    });
  }

  return {
    element,
    draw,
    /** Draws at once, in sight or not: paper sees everything. */
    drawNow,
    /** Says in words what each view shows; `words(name)`. */
    describe(words) {
      for (const [name, canvas] of canvases) canvas.setAttribute("aria-label", words(name));
    },
    connect() {
      resized.observe(element);
      try {
        // Heard of, too, when the page keeps its size and moves to a screen with other pixels.
        resized.observe(canvases.get("price"), { box: "device-pixel-content-box" });
      } catch {
        // This browser does not tell; it does when the page is zoomed or resized.
      }
      sighted.observe(element);
    },
    disconnect() {
      resized.disconnect();
      sighted.disconnect();
    },
  };
}
