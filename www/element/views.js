// The canvases of an element, sized to the pixels of the screen, and drawn after changes while visible.

import { coalesced } from "../core/animation.js";
import { h } from "../core/dom.js";

/**
 * @import { ViewName, ViewRow } from "../pkg/full.js"
 * @typedef {ViewName | "kept"} Drawn A view, or the price of the kept run.
 * @typedef {[name: Drawn, size: [number, number], em: number, at: [number, number]]} Pointed A point of a view.
 */

/** A view that takes long to describe; after changes it is described once it comes into sight. */
const SLOW = "genealogy";

/**
 * The views of these rows of the table of views. `on.paint(name, canvas, em, width, height)` draws one; `em` is the
 * text size, all in pixels of the screen. `on.dragged(fraction)` is called when a pointer is pressed or dragged along a
 * time axis, 0 to 1. `on.pointed(name, size, em, at)` is called with the position of a pointer in CSS pixels,
 * `on.left()` when it leaves, `on.clicked(name, size, em, at)` with that of a click. `margins` are those of the plots in
 * the drawings, in em.
 * @param {ViewRow[]} rows
 * @param {{ left: number, right: number }} margins
 * @param {object} on
 * @param {(name: Drawn, canvas: HTMLCanvasElement, em: number, width: number, height: number) => void} on.paint
 * @param {(fraction: number) => void} on.dragged
 * @param {(...at: Pointed) => void} on.pointed
 * @param {(...at: Pointed) => void} on.clicked
 * @param {() => void} on.left
 */
export function views(rows, margins, on) {
  // On a time axis a pointer drags the cursor. The kept run has the axis of the price.
  /** @type {Set<Drawn>} */
  const timed = new Set(rows.filter(({ axis }) => axis === "time").map(({ name }) => /** @type {Drawn} */ (name))).add(
    "kept",
  );
  /** @type {Map<Drawn, HTMLCanvasElement>} */
  const canvases = new Map(rows.map(({ name }) => [name, h("canvas", { className: name, role: "img", dir: "ltr" })]));
  const element = h("div", { className: "views", part: "views" }, ...canvases.values());
  /** @type {Set<Element> | undefined} */
  let seen; // the canvases in sight, once the browser has reported them
  /** @type {(name: Drawn) => string} */
  let described = () => "";
  /** @type {Map<HTMLCanvasElement, Drawn>} */
  const stale = new Map(); // out of sight, with the description of an earlier run
  // The text size follows the page, so that zoom and large type affect the drawings.
  const em = () => parseFloat(getComputedStyle(element).fontSize) * (element.currentCSSZoom ?? 1);

  /** @param {(canvas: HTMLCanvasElement) => boolean} wanted */
  const drawThose = (wanted) => {
    if (element.offsetWidth === 0) return;
    const ratio = devicePixelRatio || 1;
    const size = em() * ratio;
    for (const [name, canvas] of canvases) {
      if (!wanted(canvas)) continue;
      const box = canvas.getBoundingClientRect();
      if (box.width === 0) continue;
      const width = Math.max(Math.round(box.width * ratio), 1);
      const height = Math.max(Math.round(box.height * ratio), 1);
      on.paint(name, canvas, size, width, height);
    }
  };
  const drawNow = () => drawThose(() => true);
  const draw = coalesced(() => drawThose((canvas) => !seen || seen.has(canvas)));

  const resized = new ResizeObserver(draw);
  const sighted = new IntersectionObserver(
    (entries) => {
      seen ??= new Set();
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) seen.add(target);
        else seen.delete(target);
      }
      for (const [canvas, name] of stale) {
        if (!seen.has(canvas)) continue;
        stale.delete(canvas);
        canvas.setAttribute("aria-label", described(name));
      }
      draw();
    },
    { rootMargin: "200px" },
  );

  for (const [name, canvas] of canvases) listen(name, canvas);

  /**
   * @param {Drawn} name
   * @param {HTMLCanvasElement} canvas
   */
  function listen(name, canvas) {
    canvas.addEventListener("contextrestored", draw);
    canvas.addEventListener("pointerleave", on.left);
    // Where a finger was put down, while it may be about to scroll.
    /** @type {PointerEvent | undefined} */
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
    canvas.addEventListener("click", (event) => on.clicked(...place(event)));
    for (const type of ["pointerup", "pointercancel"]) canvas.addEventListener(type, () => (down = undefined));
    /** @param {PointerEvent} event */
    const put = (event) => (timed.has(name) ? drag(event) : point(event));
    /** @param {PointerEvent} event */
    const point = (event) => {
      on.pointed(...place(event));
    };
    /**
     * @param {MouseEvent} event
     * @returns {Pointed}
     */
    const place = (event) => {
      const box = canvas.getBoundingClientRect();
      return [name, [box.width, box.height], em(), [event.clientX - box.left, event.clientY - box.top]];
    };
    /** @param {PointerEvent} event */
    const drag = (event) => {
      const box = canvas.getBoundingClientRect();
      const plot = box.width - (margins.left + margins.right) * em();
      on.dragged((event.clientX - box.left - margins.left * em()) / plot);
    };
  }

  return {
    element,
    draw,
    /** Draws at once if a drawing is pending. */
    flush: draw.flush,
    /** Draws at once, visible or not, for printing. */
    drawNow,
    names: () => [...canvases.keys()],
    inSight: () => !seen || seen.size > 0,
    /**
     * A canvas by name.
     * @param {Drawn} name
     */
    canvas: (name) => canvases.get(name),
    /**
     * Adds or removes a view.
     * @param {Drawn} name
     * @param {boolean} wanted
     */
    toggle(name, wanted) {
      const there = canvases.get(name);
      if (wanted && !there) {
        const canvas = h("canvas", { className: name, role: "img", dir: "ltr" });
        canvases.set(name, canvas);
        element.prepend(canvas);
        listen(name, canvas);
        sighted.observe(canvas);
      } else if (!wanted && there) {
        sighted.unobserve(there);
        seen?.delete(there);
        there.remove();
        canvases.delete(name);
      }
      draw();
    },
    /**
     * Describes each view with `words(name)`.
     * @param {(name: Drawn) => string} words
     */
    describe(words) {
      described = words;
      stale.clear();
      for (const [name, canvas] of canvases) {
        if (SLOW === name && canvas.ariaLabel && !seen?.has(canvas)) stale.set(canvas, name);
        else canvas.setAttribute("aria-label", words(name));
      }
    },
    connect() {
      resized.observe(element);
      try {
        // Also fires when the page keeps its size but moves to a screen with different pixels.
        resized.observe(/** @type {Element} */ (canvases.values().next().value), { box: "device-pixel-content-box" });
      } catch {
        // This browser reports only zoom and resizing.
      }
      for (const canvas of canvases.values()) sighted.observe(canvas);
    },
    disconnect() {
      resized.disconnect();
      sighted.disconnect();
      seen = undefined;
    },
  };
}
