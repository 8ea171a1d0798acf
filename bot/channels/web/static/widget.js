// One script tag puts the chat on another site: a button that opens a frame. Its looks live in a shadow tree, so
// neither page can style the other; the site's address is the script's own.

(() => {
  const script = document.currentScript;
  if (!script || document.getElementById("policybot-widget")) return;
  const home = new URL(".", script.src).href;
  const host = document.createElement("div");
  host.id = "policybot-widget";
  const tree = host.attachShadow({ mode: "open" });

  const looks = new CSSStyleSheet();
  looks.replaceSync(`
    .open { position: fixed; inset: auto 1rem 1rem auto; z-index: 2147483000; min-height: 3rem; padding: 0 1.2rem;
      border: 0; border-radius: 1.5rem; background: #1f5f4a; color: #fff; font: 600 1rem/1 system-ui, sans-serif; cursor: pointer; }
    .open:focus-visible { outline: 3px solid #f0b429; outline-offset: 2px; }
    .frame { position: fixed; inset: auto 1rem 4.75rem auto; z-index: 2147483000; width: min(26rem, calc(100vw - 2rem));
      height: min(42rem, calc(100vh - 6.5rem)); border: 1px solid #8a938f; border-radius: .75rem; background: #fff; }
    .frame[hidden] { display: none; }`);
  tree.adoptedStyleSheets = [looks];

  const name = script.dataset.label || "政策问答";
  const frame = document.createElement("iframe");
  frame.className = "frame";
  frame.title = name;
  frame.hidden = true;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "open";
  button.textContent = name;
  button.setAttribute("aria-expanded", "false");
  button.addEventListener("click", () => {
    if (!frame.src) frame.src = home; // loaded when wanted, not with every page of the site
    frame.hidden = !frame.hidden;
    button.setAttribute("aria-expanded", String(!frame.hidden));
    button.textContent = frame.hidden ? name : "关闭";
  });
  tree.append(frame, button);
  document.body.append(host);
})();
