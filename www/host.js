// For a page that embeds figures: gives each frame with an embed.html from beside this script the height that it needs.
// Without this script a frame keeps the height that its author wrote. An ordinary script, because a module would need
// the leave of the other host.

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
  // Who was there first has told its height already. (To any origin: a frame may have none, and this tells nothing.)
  for (const frame of frames()) frame.contentWindow.postMessage({ deleverage: 1, type: "height" }, "*");
})();
