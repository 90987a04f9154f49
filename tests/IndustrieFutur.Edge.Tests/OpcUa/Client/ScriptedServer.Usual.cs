using IndustrieFutur.Edge.OpcUa.Security;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Tests.OpcUa.Client;

/// <summary>What the scripted server does when the test says nothing else.</summary>
internal sealed partial class ScriptedServer
{
    private const uint StartTimeNode = 2257;

    private uint _lastSession;
    private uint _lastSubscription = 100;

    /// <summary>What discovery and CreateSession list.</summary>
    public List<EndpointDescription> Endpoints { get; } = [];

    /// <summary>The one way in that there is by default.</summary>
    public static EndpointDescription NoneEndpoint() => new()
    {
        EndpointUrl = "opc.tcp://a-name-that-nobody-resolves:4840",
        SecurityMode = MessageSecurityMode.None,
        SecurityPolicyUri = SecurityPolicies.None.Uri,
        UserIdentityTokens = [new UserTokenPolicy { PolicyId = "anon", TokenType = UserTokenType.Anonymous }],
    };

    private void AnswerTheUsual()
    {
        Endpoints.Add(NoneEndpoint());
        TellEndpoints();
        On((CreateSessionRequest request) => new CreateSessionResponse
        {
            SessionId = new NodeId(1, ++_lastSession),
            AuthenticationToken = new NodeId(0, 7000 + _lastSession),
            RevisedSessionTimeout = request.RequestedSessionTimeout,
            ServerNonce = new byte[32],
            ServerEndpoints = [.. Endpoints],
        });
        On((ActivateSessionRequest _) => new ActivateSessionResponse { ServerNonce = new byte[32] });
        On((CloseSessionRequest _) => new CloseSessionResponse());
        On((ReadRequest request) => new ReadResponse { Results = [.. request.NodesToRead!.Select(ValueOf)] });
        MakeSubscriptions();
        On((DeleteSubscriptionsRequest request) => new DeleteSubscriptionsResponse { Results = new uint[request.SubscriptionIds!.Length] });
        On((RepublishRequest request) => Republished(request));
    }

    /// <summary>When it began, raw; another time is another life.</summary>
    public long StartTime { get; set; } = UaTime.UnixEpoch;

    /// <summary>What it answers to a Read when the test says nothing else.</summary>
    public DataValue ValueOf(ReadValueId node) => node.NodeId.Numeric switch
    {
        NodeIds.NamespaceArray => new DataValue(Variant.OfArray(BuiltInType.String, new[] { "http://opcfoundation.org/UA/", "urn:cell" })),
        StartTimeNode => new DataValue(Variant.OfDateTime(StartTime)),
        NodeIds.ServerStatusState => new DataValue(Variant.Of(0)),
        _ => new DataValue { Fields = DataValueFields.Status, Status = StatusCodes.BadNodeIdUnknown },
    };
}
