// The script of a page that embeds figures: gives each frame with an embed.html from beside this script its height.
// Without this script a frame keeps the height that its author wrote. An ordinary script, because a module from a
// different host would need permission by CORS.

(() => {
  const figures = new URL("embed.html", document.currentScript.src);

  /** A figure may not grow without end, whatever it says. */
  const MOST = 20_000;

  const frames = () =>
    [...document.querySelectorAll("iframe")].filter((frame) => {
      const url = new URL(frame.src, location.href);
      return url.origin === figures.origin && url.pathname === figures.pathname;
    });

  addEventListener("message", ({ source, data }) => {
    if (data?.deleverage !== 1 || data.type !== "height") return;
    if (!(data.height > 0 && data.height <= MOST)) return;
    for (const frame of frames()) {
      if (frame.contentWindow !== source) continue;
      const { borderTopWidth, borderBottomWidth, boxSizing } = getComputedStyle(frame);
      const border = boxSizing === "border-box" ? parseFloat(borderTopWidth) + parseFloat(borderBottomWidth) : 0;
      frame.style.height = `${data.height + border}px`;
    }
  });
  // A frame that loaded first has already sent its height. (To any origin: a frame may have none, and this reveals nothing.)
  for (const frame of frames()) frame.contentWindow.postMessage({ deleverage: 1, type: "height" }, "*");
})();
