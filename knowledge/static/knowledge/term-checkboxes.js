// Narrows a list of checkboxes to the labels that contain what is typed. Ticked ones stay.
document.addEventListener("input", (event) => {
  const field = event.target.closest("[data-lamplight-terms-filter]");
  if (!field) return;
  const wanted = field.value.trim().toLowerCase();
  field
    .closest("[data-lamplight-terms]")
    .querySelectorAll("label")
    .forEach((label) => {
      const box = label.querySelector("input");
      const shown = label.textContent.toLowerCase().includes(wanted) || (box && box.checked);
      (label.closest(".lamplight-terms__list > div > div") || label).hidden = !shown;
    });
});

// The filter is no part of the form: Enter in it must not save anything.
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.closest("[data-lamplight-terms-filter]")) {
    event.preventDefault();
  }
});
