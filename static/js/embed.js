/** Turns the link to a video on another site into its player, at the click and not before. Unknown sites stay links. */
const players = [
  [/^(?:www\.|m\.)?youtube\.com$/, (url) => url.searchParams.get("v"), (id) => `https://www.youtube-nocookie.com/embed/${id}?autoplay=1`],
  [/^youtu\.be$/, (url) => url.pathname.slice(1), (id) => `https://www.youtube-nocookie.com/embed/${id}?autoplay=1`],
  [/^(?:www\.)?vimeo\.com$/, (url) => url.pathname.match(/^\/(\d+)/)?.[1], (id) => `https://player.vimeo.com/video/${id}?autoplay=1&dnt=1`],
];

function playerAddress(href) {
  const url = new URL(href);
  for (const [host, findId, address] of players) {
    const id = host.test(url.hostname) && findId(url);
    if (id) return address(encodeURIComponent(id));
  }
  return null;
}

export function connect(root) {
  root.addEventListener("click", (event) => {
    const address = playerAddress(root.href);
    if (!address || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const frame = document.createElement("iframe");
    frame.className = "embed__frame";
    frame.src = address;
    frame.title = root.dataset.embedTitle;
    frame.allow = "autoplay; fullscreen; picture-in-picture";
    frame.allowFullscreen = true;
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    root.replaceWith(frame);
    frame.focus();
  });
}
