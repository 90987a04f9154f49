using IndustrieFutur.Edge.Control;
using IndustrieFutur.Edge.Control.Audit;

namespace IndustrieFutur.Edge.Tests.Control.Gate;

public sealed class GateAuditTests
{
    [Fact]
    public async Task Who_tries_to_agree_to_what_he_prepared_himself_is_in_the_audit()
    {
        using var scene = new GateScene();
        var prepared = await scene.Ask("pair", "a", step: RequestStep.Prepare, values: ("v", "11"));

        var answer = scene.Gate.Approve(GateScene.Olga, prepared.Token);

        var line = scene.Audit[^1];
        Assert.Equal((false, "two"), (answer.Done, answer.Rule));
        Assert.Equal((AuditKind.Act, "olga", "two", "Refused", $"approved: {answer.TextEn}"), (line.Kind, line.Who, line.Rule, line.Outcome, line.Text));
    }

    [Fact]
    public void Who_tries_again_and_again_fills_no_disk()
    {
        using var scene = new GateScene();
        var before = scene.Audit.Count;

        for (var i = 0; i < 1_000; i++)
        {
            scene.Gate.Arm(GateScene.Olga);
        }

        Assert.InRange(scene.Audit.Count - before, 1, 100);
    }

    [Fact]
    public void A_start_is_told_before_what_it_concludes()
    {
        using var scene = new GateScene();
        _ = scene.AskSpeed("a");

        scene.Start();

        Assert.Equal([AuditKind.Ordered, AuditKind.Started, AuditKind.Outcome], scene.Audit.TakeLast(3).Select(line => line.Kind));
        Assert.Equal("on, armed", scene.Audit[^2].Text);
    }
}
