// The canvases of an element, sized to the pixels of the screen and drawn when something has changed, only while in sight.

import { coalesced } from "../core/animation.js";
import { h } from "../core/dom.js";

/**
 * The views of these rows of the table of views. `on.paint(name, canvas, em, width, height)` draws one: `em` is the size of the text, all
 * in pixels of the screen; `on.dragged(fraction)` is called with the place at which along the time axis a pointer was put down or moved,
 * 0 to 1; `on.pointed(name, size, em, at)` where a pointer is, in CSS pixels, and `on.left()` that it is gone.
 * The margins of the plots, in em, are those of the drawings.
 */
export function views(rows, margins, on) {
  // On a time axis a pointer drags the cursor. The kept run has the axis of the price.
  const timed = new Set(rows.filter(({ axis }) => axis === "time").map(({ name }) => name)).add("kept");
  const canvases = new Map(
    rows.map(({ name }) => [name, h("canvas", { className: name, role: "img", dir: "ltr" })]),
  );
  const element = h("div", { className: "views", part: "views" }, ...canvases.values());
  let inSight = true;

  // The size of the text follows the page's, so that zoom and large type reach the drawings.
  const em = () => parseFloat(getComputedStyle(element).fontSize) * (element.currentCSSZoom ?? 1);

  const drawNow = () => {
    if (element.offsetWidth === 0) return;
    const ratio = devicePixelRatio || 1;
    const size = em() * ratio;
    for (const [name, canvas] of canvases) {
      const box = canvas.getBoundingClientRect();
      if (box.width === 0) continue;
      const width = Math.max(Math.round(box.width * ratio), 1);
      const height = Math.max(Math.round(box.height * ratio), 1);
      on.paint(name, canvas, size, width, height);
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

  for (const [name, canvas] of canvases) listen(name, canvas);

  function listen(name, canvas) {
    canvas.addEventListener("contextrestored", draw);
    canvas.addEventListener("pointerleave", on.left);
    // Where a finger came down, as long as it may have come to scroll the page.
    let down;
    canvas.addEventListener("pointermove", (event) => {
      if (down && Math.abs(event.clientX - down.clientX) <= Math.abs(event.clientY - down.clientY)) return;
      down = undefined;
      if (canvas.hasPointerCapture(event.pointerId) && timed.has(name)) drag(event);
      else point(event);
    });
    canvas.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      canvas.setPointerCapture(event.pointerId);
      down = event.pointerType === "touch" ? event : undefined;
      if (!down) put(event);
    });
    canvas.addEventListener("pointerup", (event) => down && put(event));
    for (const type of ["pointerup", "pointercancel"]) canvas.addEventListener(type, () => (down = undefined));
    const put = (event) => (timed.has(name) ? drag(event) : point(event));
    const point = (event) => {
      const box = canvas.getBoundingClientRect();
      on.pointed(name, [box.width, box.height], em(), [event.clientX - box.left, event.clientY - box.top]);
    };
    const drag = (event) => {
      const box = canvas.getBoundingClientRect();
      const plot = box.width - (margins.left + margins.right) * em();
      on.dragged((event.clientX - box.left - margins.left * em()) / plot);
    };
  }

  return {
    element,
    draw,
    /** Draws at once if a drawing is due, and not in the next frame. */
    flush: draw.flush,
    /** Draws at once, in sight or not: paper sees everything. */
    drawNow,
    names: () => [...canvases.keys()],
    inSight: () => inSight,
    /** A canvas by name. */
    canvas: (name) => canvases.get(name),
    /** Adds a view, or takes it away. */
    toggle(name, wanted) {
      if (wanted && !canvases.has(name)) {
        const canvas = h("canvas", { className: name, role: "img", dir: "ltr" });
        canvases.set(name, canvas);
        element.prepend(canvas);
        listen(name, canvas);
      } else if (!wanted) {
        canvases.get(name)?.remove();
        canvases.delete(name);
      }
      draw();
    },
    /** Says in words what each view shows; `words(name)`. */
    describe(words) {
      for (const [name, canvas] of canvases) canvas.setAttribute("aria-label", words(name));
    },
    connect() {
      resized.observe(element);
      try {
        // Heard of, too, when the page keeps its size and moves to a screen with other pixels.
        resized.observe(canvases.values().next().value, { box: "device-pixel-content-box" });
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
