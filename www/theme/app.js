// A small single-page shop: it draws its views here and changes the address without a load, as many hosts of a chat do.

const LAMPS = [
  { id: "arc", name: "Lumen Arc", kind: "Floor lamp", price: 289, text: "Reaches over the sofa and gives its light where you read. Steel arm, stone foot." },
  { id: "dot", name: "Lumen Dot", kind: "Table lamp", price: 89, text: "A globe of opal glass on an oak foot. From candle to reading light." },
  { id: "drop", name: "Lumen Drop", kind: "Pendant", price: 159, text: "A bell of spun metal over the table. Bright below, calm above." },
  { id: "fold", name: "Lumen Fold", kind: "Desk lamp", price: 129, text: "Two arms and a head that stay where you put them. Cool for work, warm after." },
  { id: "glow", name: "Lumen Glow", kind: "Lantern", price: 69, text: "Paper on a bamboo frame, lit from within. For corners that are too dark in winter." },
  { id: "sense", name: "Lumen Sense", kind: "Sensor", price: 39, text: "Notices movement, temperature and daylight, and switches your lamps for you." },
];

const ORDERS = [
  { number: 48377, what: "Lumen Sense, two", picture: "sense", state: "Received", help: "change-delivery-address", link: "Change the address" },
  { number: 48213, what: "Lumen Dot, oak", picture: "dot", state: "On its way", help: "track-a-parcel", link: "Track the parcel" },
];

// Only for as long as the page is open: a demo leaves nothing behind on a visitor's device.
const basket = new Map();

const view = document.getElementById("view");
const said = document.querySelector("[data-said]");

/** Makes an element; text goes in as text. */
function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

const makeHeading = (title) => make("h1", { tabindex: "-1" }, title);

const picture = (id) => make("span", { class: "stage" }, make("img", { src: `/img/${id}.svg`, alt: "", width: 400, height: 480 }));

// A view is its heading, which takes the focus when the view changes, and its parts in order.

function lampsView() {
  const items = LAMPS.map((lamp) =>
    make(
      "li",
      {},
      make(
        "a",
        { href: `/app/lamps/${lamp.id}/` },
        picture(lamp.id),
        make("strong", {}, lamp.name),
        make("span", {}, `${lamp.kind}, €${lamp.price}`),
      ),
    ),
  );
  const heading = makeHeading("All lamps");
  return [heading, heading, make("ul", { class: "shelf" }, ...items)];
}

function lampView(lamp) {
  const add = make("button", { class: "button strong", type: "button" }, "Add to basket");
  add.addEventListener("click", () => {
    basket.set(lamp.id, (basket.get(lamp.id) ?? 0) + 1);
    said.textContent = `${lamp.name} is in your basket.`;
    drawCount();
  });
  const about = make(
    "div",
    { class: "product-text" },
    make("p", { class: "lead" }, lamp.text),
    make("p", { class: "price" }, `€${lamp.price}`, make("span", {}, lamp.price < 60 ? "incl. VAT" : "incl. VAT · free delivery")),
    make("div", { class: "actions" }, add, make("button", { class: "button", type: "button", "data-ask": "" }, "Ask us")),
  );
  const stage = picture(lamp.id);
  stage.classList.add("tall");
  const heading = makeHeading(lamp.name);
  about.prepend(heading);
  return [heading, make("div", { class: "product" }, stage, about)];
}

function basketView() {
  const heading = makeHeading("Your basket");
  if (basket.size === 0) {
    return [heading, heading, make("p", { class: "lead" }, "It is empty. ", make("a", { href: "/app/" }, "See all lamps"))];
  }
  const lamps = LAMPS.filter((lamp) => basket.has(lamp.id));
  const total = lamps.reduce((sum, lamp) => sum + lamp.price * basket.get(lamp.id), 0);
  const rows = lamps.map((lamp) => {
    const remove = make("button", { class: "button", type: "button", "aria-label": `Remove ${lamp.name}` }, "Remove");
    remove.addEventListener("click", () => {
      basket.delete(lamp.id);
      said.textContent = `${lamp.name} is no longer in your basket.`;
      drawCount();
      draw().focus();
    });
    const text = make("span", { class: "order-text" }, make("strong", {}, lamp.name), make("span", {}, `${basket.get(lamp.id)} × €${lamp.price}`));
    return make("li", {}, picture(lamp.id), text, remove);
  });
  return [
    heading,
    heading,
    make("ul", { class: "orders" }, ...rows),
    make("p", { class: "price" }, `€${total}`, make("span", {}, total < 60 ? "Free delivery from €60" : "Delivery is free")),
  ];
}

function ordersView() {
  const rows = ORDERS.map((order) =>
    make(
      "li",
      {},
      picture(order.picture),
      make("span", { class: "order-text" }, make("strong", {}, order.what), make("span", {}, `Order ${order.number}`)),
      make("span", { class: order.state === "On its way" ? "state on" : "state" }, order.state),
      make("a", { href: `/help/en/${order.help}/` }, order.link),
    ),
  );
  const heading = makeHeading("Your orders");
  return [heading, heading, make("ul", { class: "orders" }, ...rows)];
}

function viewOf(path) {
  if (path.startsWith("/app/basket")) return ["basket", basketView()];
  if (path.startsWith("/app/orders")) return ["orders", ordersView()];
  const lamp = LAMPS.find((lamp) => path === `/app/lamps/${lamp.id}/`);
  return ["lamps", lamp ? lampView(lamp) : lampsView()];
}

function draw() {
  const [name, [heading, ...parts]] = viewOf(location.pathname);
  view.replaceChildren(...parts);
  document.title = `${heading.textContent} · Lumen`;
  for (const tab of document.querySelectorAll("[data-view]")) {
    if (tab.dataset.view === name) tab.setAttribute("aria-current", "true");
    else tab.removeAttribute("aria-current");
  }
  return heading;
}

function drawCount() {
  const count = [...basket.values()].reduce((sum, amount) => sum + amount, 0);
  document.querySelector("[data-count]").textContent = count ? ` ${count}` : "";
}

// A plain click on one of our own addresses changes the view; anything else is the browser's business.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='/app/']");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  history.pushState(null, "", link.href);
  said.textContent = "";
  scrollTo(0, 0);
  draw().focus();
});

addEventListener("popstate", draw);
draw();
