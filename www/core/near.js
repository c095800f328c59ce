// Work deferred until an element is nearly visible.

/**
 * Calls `work` once, as soon as a share `threshold` of `element` is within `margin` of the visible area. The default
 * margin is a screen. Returns a function that cancels this.
 * @param {Element} element
 * @param {() => void} work
 */
export function near(element, work, margin = "100%", threshold = 0) {
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting && entry.intersectionRatio >= threshold)) return;
      observer.disconnect();
      work();
    },
    { rootMargin: margin, threshold },
  );
  observer.observe(element);
  return () => observer.disconnect();
}
