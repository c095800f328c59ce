// Moves the dot of a map by mouse, pen or finger.

/** @typedef {[column: number, row: number]} Cell */

/**
 * `box` holds the canvas and the `dot` on it. `on.cellAt(x, y)` returns the cell at a point of the box, or undefined
 * while there is no map. `on.drag(cell)` and `on.drop(cell)` report the dot's moves and its final cell,
 * `on.point(cell)` the cell under a pointer, undefined when it has left.
 *
 * Off the dot a finger scrolls the page, and a tap moves the dot there. The dot follows a finger that drags it.
 * @param {HTMLElement} box
 * @param {HTMLElement} dot
 * @param {object} on
 * @param {(x: number, y: number) => Cell | undefined} on.cellAt
 * @param {(cell: Cell) => void} on.drag
 * @param {(cell: Cell) => void} on.drop
 * @param {(cell: Cell | undefined) => void} on.point
 */
export function dragHandle(box, dot, on) {
  let touched = false; // whether the last pointer was a finger: older browsers do not report it for a click
  /** @type {{ aside: [number, number], cell?: Cell } | undefined} */
  let held; // { aside, cell } while the dot is dragged; `aside` is the offset from its middle

  /**
   * @param {MouseEvent} event
   * @param {[number, number]} aside
   */
  const under = ({ clientX, clientY }, [x, y] = [0, 0]) => {
    const { left, top } = box.getBoundingClientRect();
    return on.cellAt(clientX - left + x, clientY - top + y);
  };
  /** @param {MouseEvent} event */
  const drag = (event) => {
    const cell = held && under(event, held.aside);
    if (!held || !cell) return;
    held.cell = cell;
    on.drag(cell);
  };

  box.addEventListener("pointerdown", (event) => {
    const onDot = event.target === dot;
    touched = event.pointerType === "touch";
    if (event.button !== 0 || (touched && !onDot)) return;
    box.setPointerCapture(event.pointerId);
    const { left, top, width, height } = dot.getBoundingClientRect();
    held = { aside: onDot ? [left + width / 2 - event.clientX, top + height / 2 - event.clientY] : [0, 0] };
    on.point(undefined);
    if (!onDot) drag(event);
  });
  box.addEventListener("pointermove", (event) => {
    if (held) drag(event);
    else if (event.pointerType !== "touch") on.point(under(event));
  });
  const release = () => {
    const cell = held?.cell;
    held = undefined;
    if (cell) on.drop(cell);
  };
  for (const type of ["pointerup", "pointercancel"]) box.addEventListener(type, release);
  box.addEventListener("pointerleave", () => on.point(undefined));
  box.addEventListener("click", (event) => {
    const cell = touched && event.target !== dot && under(event);
    if (cell) on.drop(cell);
  });
}
