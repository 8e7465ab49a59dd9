// Shows, beside the questions, what the form and the article become while they are typed.
const form = document.querySelector("[data-look]");
const looked = document.querySelector("[data-looked]");
let timer = 0;
let turn = 0;

const look = async () => {
    const mine = ++turn;
    const body = new FormData(form);
    body.append("look", "1");
    const answer = await fetch(location.href, { method: "POST", body, redirect: "manual", signal: AbortSignal.timeout(10000) });
    if (answer.ok && mine === turn) looked.innerHTML = await answer.text();
};

if (form && looked) {
    form.addEventListener("input", (event) => {
        clearTimeout(timer);
        timer = setTimeout(() => look().catch(() => {}), 500);
        // What else can be said depends on these.
        if (!/-answer$|-remove$/.test(event.target.name)) return;
        const again = form.querySelector("[name=again]");
        again.value = event.target.name;
        form.requestSubmit(again);
    });
}
