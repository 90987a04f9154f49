using IndustrieFutur.Edge.OpcUa.Client;

namespace IndustrieFutur.Edge.App.OpcUa.Probe;

/// <summary>Opens a session as the user that was named, over the client that the service uses too.</summary>
internal sealed class SessionRung : IRung
{
    public string Name => "session";

    public RungAnswer Try(ProbeState state, CancellationToken cancellationToken)
    {
        var session = new UaSession(ServerSession.Settings(state.Request, state.Endpoint, state.Own, state.Trust, state.ChannelSettings));
        state.Session = session;
        session.Connect(cancellationToken);
        return RungAnswer.Ok($"a session is open as {state.Request.Who}");
    }
}
