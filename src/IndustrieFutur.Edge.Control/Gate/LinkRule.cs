namespace IndustrieFutur.Edge.Control.Gate;

/// <summary>The device can be reached now: no order waits for a link.</summary>
internal sealed class LinkRule : IGateRule
{
    public const string Word = "link";

    public Refusal? Ask(GateQuestion question)
    {
        if (question.IsConnected)
        {
            return null;
        }

        var device = question.Plan.Devices[question.Command!.Device].Id;
        return new Refusal(Word, $"L'appareil {device} n'est pas relié : voir ifedge status.", $"The device {device} is not connected: see ifedge status.");
    }
}
