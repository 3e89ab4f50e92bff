// One event stream for all tabs: browsers allow six connections to a server, and a writer opens more tabs than that.
"use strict";

const ports = new Set();
let stream = null;
let last = null;

function tell(message) {
  for (const port of ports) port.postMessage(message);
}

function listen() {
  if (stream && stream.readyState !== EventSource.CLOSED) return;
  stream = new EventSource("/_blogq/events");
  stream.onmessage = (event) => {
    const told = JSON.parse(event.data);
    // What the gate says later is no other edit.
    const { follow, edited } = last && last.version === told.version ? last : told;
    last = { version: told.version, notice: told.notice, hello: true, follow, edited };
    tell(told);
  };
  stream.onerror = () => {
    last = null;
    tell({ lost: true });
    if (stream.readyState === EventSource.CLOSED) setTimeout(listen, 1000);
  };
}

onconnect = (event) => {
  const port = event.ports[0];
  ports.add(port);
  port.onmessage = (message) => {
    if (message.data === "bye") ports.delete(port);
  };
  listen();
  if (last) port.postMessage(last);
};
