// Says on the button what it will do; without this script the button still does it.
const field = (name) => document.querySelector(`[name="${name}"]`);
const what = document.querySelector(".button__what");
const moment = document.querySelector("[data-moment]");

const inWords = () => {
    const [day, at] = [field("day").value, field("at").value];
    if (!day || !at) return "";
    const { lang } = document.documentElement;
    const words = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, {
        weekday: "short", day: "numeric", month: "long", timeZone: "UTC",
    }).format(new Date(`${day}T00:00Z`));
    return `${words} ${at}`;
};

const say = () => {
    const now = document.querySelector('[name="when"]:checked')?.value === "now";
    what.textContent = now ? what.dataset.now : what.dataset.at;
    moment.textContent = now ? "" : inWords();
};

const choose = (event) => {
    if (["day", "at"].includes(event.target.name)) field("when").checked = true;
    say();
};

if (what && field("day")) {
    document.addEventListener("input", choose);
    document.addEventListener("change", choose);
    say();
}
