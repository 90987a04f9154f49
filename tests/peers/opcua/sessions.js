// Counts what a test asks about sessions: how many live now and at most at any time, and when each CreateSession came.
const CREATES_KEPT = 1000;   // a client that asks more often than this within one life of the server has failed its test anyway

class SessionCounts {
  constructor(server) {
    this.server = server;
    this.begin = Date.now();
    this.requests = {};
    this.liveMax = 0;
    this.createMillis = [];
    server.on("request", request => this.count(request.constructor.name));
    this.channels = 0;
    server.on("channelSecured", () => { this.channels++; });
    server.on("create_session", () => { this.liveMax = Math.max(this.liveMax, server.engine.currentSessionCount); });
  }

  count(name) {
    this.requests[name] = (this.requests[name] ?? 0) + 1;
    if (name === "CreateSessionRequest" && this.createMillis.length < CREATES_KEPT) { this.createMillis.push(Date.now() - this.begin); }
  }

  report() {
    return {
      live: this.server.engine.currentSessionCount, liveMax: this.liveMax, subscriptions: this.server.engine.currentSubscriptionCount,
      creates: this.requests.CreateSessionRequest ?? 0, activates: this.requests.ActivateSessionRequest ?? 0,
      channels: this.channels, createMillis: this.createMillis, requests: this.requests,
    };
  }
}

module.exports = { SessionCounts };
