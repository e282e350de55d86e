// Keeps calls made before the chat's script has loaded; it takes them from the queue when it starts.
window.Beforehand =
  window.Beforehand ||
  function () {
    (window.Beforehand.q = window.Beforehand.q || []).push(arguments);
  };

// Buttons say what they do in their markup, so that no page needs a script inside it.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-ask], [data-basket]");
  if (!button) return;
  if ("ask" in button.dataset) window.Beforehand("show");
  else document.querySelector("[data-said]").textContent = "It is in your basket.";
});
