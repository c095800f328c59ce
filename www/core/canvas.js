// A single canvas, sized to the pixels of the screen and drawn when something has changed.

import { coalesced } from "./animation.js";
import { h } from "./dom.js";
import { theme } from "./theme.js";

/**
 * A canvas with this class. `paint(canvas, em, dark)` draws it; `em` is the text size in pixels of the screen. `draw()`
 * draws it in the next frame; `place(event)` returns size, em and point of a pointer in CSS pixels, as the exports
 * expect.
 * @param {string} className
 * @param {(canvas: HTMLCanvasElement, em: number, dark: boolean, width: number, height: number) => void} paint
 */
export function liveCanvas(className, paint) {
  const canvas = h("canvas", { className, role: "img", dir: "ltr" });
  const em = () => parseFloat(getComputedStyle(canvas).fontSize);
  const drawNow = () => {
    const box = canvas.getBoundingClientRect();
    if (box.width === 0) return;
    const ratio = devicePixelRatio || 1;
    const [width, height] = [box.width, box.height].map((size) => Math.max(Math.round(size * ratio), 1));
    paint(canvas, em() * ratio, background.dark, width, height);
  };
  const draw = coalesced(drawNow);
  const background = theme(canvas, (printing) => (printing ? drawNow() : draw()));
  canvas.addEventListener("contextrestored", draw);
  // Fires when the canvas is removed, which sets its size to zero, and when it returns.
  const resized = new ResizeObserver(() => {
    if (canvas.isConnected) background.connect();
    else background.disconnect();
    draw();
  });
  resized.observe(canvas);
  try {
    // Also fires when the page keeps its size but moves to a screen with different pixels.
    resized.observe(canvas, { box: "device-pixel-content-box" });
  } catch {
    // This browser reports only zoom and resizing.
  }
  return {
    canvas,
    draw,
    /**
     * @param {Pick<MouseEvent, "clientX" | "clientY">} event
     * @returns {[size: [number, number], em: number, at: [number, number]]}
     */
    place({ clientX, clientY }) {
      const { left, top, width, height } = canvas.getBoundingClientRect();
      return [[width, height], em(), [clientX - left, clientY - top]];
    },
  };
}

/**
 * Sets the size of a canvas in pixels, which blanks it, only if that size changes.
 * @param {HTMLCanvasElement} canvas
 * @param {number} width
 * @param {number} height
 */
export function sized(canvas, width, height) {
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
}
