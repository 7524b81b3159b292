// Runs the Slack emulator of the npm package `emulate`, and does what neither its command line nor its seed can do: it registers one
// subscription to all events, says of what kind a message's channel is, as Slack does, and takes arguments from the query string, where
// slack_sdk puts many of them.
//
//     node slack_emu.mjs PORT EVENTS_URL SEED_JSON      (in a folder with node_modules/emulate)
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [port, events, seed] = process.argv.slice(2);
const dist = path.resolve("node_modules/emulate/dist");
const load = (file) => import(pathToFileURL(path.join(dist, file)));

// The service lives in a chunk whose name says nothing; its exports stand at the end.
const exportsPlugin = (file) => /\bslackPlugin\b/.test(readFileSync(path.join(dist, file), "utf8").slice(-1500));
const { slackPlugin } = await load(readdirSync(dist).find((file) => /^dist-.*\.js$/.test(file) && exportsPlugin(file)));

// A Proxy of `object` with some of its properties replaced; methods keep their `this`.
const withOwn = (object, own) =>
  new Proxy(object, {
    get: (target, key) => (key in own ? own[key] : typeof target[key] === "function" ? target[key].bind(target) : target[key]),
  });

// The emulator reads the body of a POST alone: where there is none, let it find the query string there.
const folded = (handler) => async (context, next) => {
  const query = new URL(context.req.url).search.slice(1);
  if (!query || (context.req.method !== "GET" && (await context.req.text()))) return handler(context, next);
  const header = (name) => (/content-type/i.test(name ?? "") ? "application/x-www-form-urlencoded" : context.req.header(name));
  return handler(withOwn(context, { req: withOwn(context.req, { text: async () => query, header }) }), next);
};

const kind = (channel) => ({ C: "channel", D: "im", G: "group" })[channel[0]];

const register = slackPlugin.register;
slackPlugin.register = function (app, store, webhooks, ...rest) {
  webhooks.register({ url: events, events: ["*"], active: true, owner: "slack" });
  const dispatch = webhooks.dispatch.bind(webhooks);
  webhooks.dispatch = (name, action, payload, ...rest) => {
    const event = name === "message" ? { channel_type: kind(payload.event.channel), ...payload.event } : payload.event;
    return dispatch(name, action, { ...payload, event }, ...rest);
  };
  const [get, post] = [app.get.bind(app), app.post.bind(app)];
  const [answered, posted] = [new Set(), []];
  app.get = (route, ...handlers) => {
    answered.add(route);
    return get(route, ...handlers);
  };
  app.post = (route, ...handlers) => {
    if (!String(route).startsWith("/api/")) return post(route, ...handlers);
    posted.push([route, handlers.map(folded)]);
    return post(...posted.at(-1).flat());
  };
  const out = register.call(this, app, store, webhooks, ...rest);
  for (const [route, handlers] of posted) if (!answered.has(route)) get(route, ...handlers);
  return out;
};

const { createEmulator } = await load("api.js");
const emulator = await createEmulator({ service: "slack", port: Number(port), seed: JSON.parse(readFileSync(seed, "utf8")) });
process.on("SIGTERM", () => emulator.close().then(() => process.exit(0)));
