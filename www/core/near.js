// Work that waits until an element is about to be seen.

/**
 * Calls `work` once, as soon as `element` is within a screen of being seen, or within `margin`, with the share
 * `threshold` of it in sight. Returns a function that cancels this.
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
