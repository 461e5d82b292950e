// A passkey that does not answer is told on the page, not only to the console.
document.addEventListener("allauth.error", (event) => {
  const problem = document.getElementById("passkey-problem");
  if (!problem) return;
  event.preventDefault();
  problem.hidden = false;
  problem.scrollIntoView({ block: "nearest" });
});
