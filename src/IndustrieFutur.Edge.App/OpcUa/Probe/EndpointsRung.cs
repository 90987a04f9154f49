using System.Globalization;
using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.App.OpcUa.Probe;

/// <summary>Asks the server how it can be spoken to, and takes the best of it.</summary>
internal sealed class EndpointsRung : IRung
{
    /// <summary>Six pairs of policy and mode for some network cards; what a broken server lists beyond that nobody reads.</summary>
    private const int ShownMax = 40;

    public string Name => "endpoints";

    public RungAnswer Try(ProbeState state, CancellationToken cancellationToken)
    {
        var offered = Discovery.GetEndpoints(state.Request.Endpoint, state.ChannelSettings, cancellationToken);
        var choice = ServerEndpoint.Make(offered, state.Request);
        state.Chosen = choice.Endpoint;
        var facts = offered.Take(ShownMax).Select((endpoint, index) => Describe(endpoint, index, choice.Endpoint)).ToArray();
        return choice.Endpoint is null
            ? RungAnswer.Broken(choice.ExitCode, choice.Why, choice.Next, facts)
            : choice.Endpoint.SecurityMode == MessageSecurityMode.None
                ? RungAnswer.Doubt(choice.Why, $"before this cell works for real: {choice.Next}", facts)
                : RungAnswer.Ok(choice.Why, facts);
    }

    private static RungFact Describe(EndpointDescription endpoint, int index, EndpointDescription? chosen)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"endpoint {index + 1}");
        var mark = ReferenceEquals(endpoint, chosen) ? " <- taken" : ServerEndpoint.IsSpoken(endpoint) ? "" : " (we do not speak it)";
        var tokens = string.Join(", ", ServerEndpoint.Tokens(endpoint).Select(ServerEndpoint.Who));
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{ServerEndpoint.PolicyName(endpoint)} {endpoint.SecurityMode}, level {endpoint.SecurityLevel}, {tokens}, {ServerWords.Plain(endpoint.EndpointUrl)}{mark}");
        return new RungFact(name, text);
    }
}
