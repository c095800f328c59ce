// Moves the dot of a map by mouse, pen and finger.

/**
 * `box` holds the canvas and the `dot` upon it. `on.cellAt(x, y)` gives the cell at a place of the box, or nothing
 * while there is no map; `on.drag(cell)` and `on.drop(cell)` are told where the dot is taken and left;
 * `on.point(cell)` what a pointer is over, nothing when it has left.
 *
 * Off the dot a finger scrolls the page, and a tap takes the dot there; the dot itself follows it everywhere.
 */
export function dragHandle(box, dot, on) {
  let touched = false; // whether the last pointer that came down was a finger: older browsers do not say it of a click
  let held; // { aside, cell }: the dot is being dragged, so far from the middle of it

  const under = ({ clientX, clientY }, [x, y] = [0, 0]) => {
    const { left, top } = box.getBoundingClientRect();
    return on.cellAt(clientX - left + x, clientY - top + y);
  };
  const drag = (event) => {
    const cell = under(event, held.aside);
    if (!cell) return;
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
