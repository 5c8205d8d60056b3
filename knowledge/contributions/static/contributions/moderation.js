// Keys for reviewers, and canned replies. Nothing here is needed to moderate with the mouse.
(() => {
  const typing = (element) =>
    element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);

  const open = (id) => {
    const details = document.getElementById(`action-${id}`);
    if (!details) return;
    details.open = true;
    const field = details.querySelector("textarea, input:not([type=hidden])");
    if (field) field.focus();
  };

  const detailKeys = {
    a: () => open("accept"),
    q: () => open("ask"),
    d: () => open("decline"),
    n: () => document.querySelector("[data-contribution-next]")?.click(),
    u: () => history.back(),
  };

  const titles = () => [...document.querySelectorAll('[id^="contribution_"][id$="_title"]')];
  const move = (step) => {
    const links = titles().map((one) => one.closest("a"));
    const now = links.indexOf(document.activeElement);
    links[Math.min(links.length - 1, Math.max(0, now + step))]?.focus();
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (document.querySelector("[data-contribution]")) {
      const button = document.querySelector(`[data-contribution-key="${CSS.escape(event.key)}"]`);
      const act = detailKeys[event.key] || (button && (() => button.click()));
      if (act) {
        event.preventDefault();
        act();
      }
    } else if (event.key === "j" || event.key === "k") {
      move(event.key === "j" ? 1 : -1);
    }
  });

  document.addEventListener("click", (event) => {
    const jump = event.target.closest?.("[data-contribution-open]");
    if (jump) open(jump.dataset.contributionOpen);
  });

  document.addEventListener("change", (event) => {
    const target = event.target.dataset?.contributionReply;
    if (!target || !event.target.value) return;
    const field = document.getElementById(target);
    field.value = event.target.value;
    field.focus();
  });
})();
