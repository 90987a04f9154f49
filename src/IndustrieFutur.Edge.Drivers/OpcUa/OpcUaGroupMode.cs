namespace IndustrieFutur.Edge.Drivers.OpcUa;

/// <summary>Who is in charge of the pace of a group: the server, which tells changes, or we, who ask.</summary>
public enum OpcUaGroupMode
{
    /// <summary>The server looks at the values and sends those that changed.</summary>
    Subscribe,

    /// <summary>We read all of them each time; for servers with few or poor subscriptions.</summary>
    Read,
}
