/* Similar published entries: asked for when the form opens, and when the title changes. */
(() => {
  const WAIT = 700;

  const valueOf = (form, name) => form.querySelector(`[name="${name}"]`)?.value ?? '';

  /* Rich text fields hold their state as JSON: every "text" in it is what was typed. */
  const textOf = (value) => {
    try {
      const state = JSON.parse(value);
      return (state?.blocks ?? []).map((block) => block.text).join(' ');
    } catch {
      return value;
    }
  };

  const leadOf = (form) =>
    ['short_answer', 'symptom', 'description']
      .map((name) => textOf(valueOf(form, name)))
      .join(' ');

  const messagesOf = (form) =>
    [...form.querySelectorAll('textarea[name^="error_messages-"][name$="-value"]')]
      .map((field) => field.value)
      .join('\n');

  const show = (holder, list, entries) => {
    list.replaceChildren(
      ...entries.map((entry) => {
        const item = document.createElement('li');
        const title = document.createElement(entry.url ? 'a' : 'span');
        title.textContent = `${entry.code} · ${entry.title}`;
        if (entry.url) {
          title.href = entry.url;
          title.target = '_blank';
          title.rel = 'noopener';
        }
        item.append(title, ` (${entry.kind})`);
        if (entry.mayBeDuplicate) {
          const mark = document.createElement('strong');
          mark.textContent = ` – ${holder.dataset.duplicate}`;
          item.append(mark);
        }
        return item;
      }),
    );
    if (!entries.length) list.textContent = holder.dataset.none;
  };

  const begin = (holder) => {
    const form = holder.closest('form');
    const list = holder.querySelector('ul');
    if (!form || !list) return;
    let timer = null;
    let asked = 0;

    const ask = async () => {
      const number = (asked += 1);
      const body = new URLSearchParams({
        title: valueOf(form, 'title'),
        text: leadOf(form),
        messages: messagesOf(form),
        entry: holder.dataset.entry,
        locale: holder.dataset.locale,
      });
      try {
        const response = await fetch(holder.dataset.url, {
          method: 'POST',
          headers: { 'X-CSRFToken': valueOf(form, 'csrfmiddlewaretoken') },
          body,
        });
        if (!response.ok) throw new Error(String(response.status));
        const { entries } = await response.json();
        if (number === asked) show(holder, list, entries);
      } catch {
        if (number === asked) list.textContent = holder.dataset.failed;
      }
    };

    form.addEventListener('input', (event) => {
      const name = event.target.name ?? '';
      if (name !== 'title' && !name.startsWith('error_messages-')) return;
      clearTimeout(timer);
      timer = setTimeout(ask, WAIT);
    });
    ask();
  };

  document.addEventListener('DOMContentLoaded', () => {
    document.querySelectorAll('[data-similar-entries]').forEach(begin);
  });
})();
