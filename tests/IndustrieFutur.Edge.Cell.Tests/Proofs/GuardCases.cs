using System.Text.Json.Nodes;
using static IndustrieFutur.Edge.Cell.Tests.Proofs.CommandSite;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>Every guard of the gate, each made false alone: of persons, of values, of the machine, of what was prepared.</summary>
internal sealed class GuardCases(GuardScene scene)
{
    public IReadOnlyList<GuardCase> OfPersons() =>
    [
        new("nobody has logged in", "identity", "Log in first", "Se connecter d'abord", value => scene.SubmitAsync("free", value, "")) { User = "", Trace = GuardTrace.None },
        new("an observer asks", "identity", "An observer gives no commands", "Un observateur ne commande pas", value => scene.SubmitAsync("free", value, Observer)) { User = Observer },
        new("no such command", "allow", "This command is not declared", "Cette commande n'est pas déclarée", value => scene.SubmitAsync("jog", value)),
        new("the role does not do", "allow", "Ask somebody with the role integrator", "Demandez à qui a le rôle integrator", value => scene.SubmitAsync("service", value)),
        new("not on the command's list", "allow", "Only these users may give it: max", "Ne le peuvent que : max", value => scene.SubmitAsync("private", value)),
        new("level 2 at once", "level", "is refused unless prepared", "refusée sans préparation", value => scene.SubmitAsync("careful", value)),
        new("nobody has the lease", "lease", "needs the lease, which you do not have: it is refused", "demande la prise de main, que vous n'avez pas : elle", value => scene.AskAsync(Operator, "go", "prepare", Body(value))),
        new("another has the lease", "lease", "which you do not have (max has it)", "que vous n'avez pas (max l'a)", OthersLeaseAsync),
        new("no second person", "two", "A second person has to agree", "Une deuxième personne doit donner son accord", AloneAsync),
        new("the second person is the first", "two", "The agreement comes from another person", "L'accord vient d'une autre personne", OwnApprovalAsync) { Trace = GuardTrace.Act },
        new("the id was used for something else", "id", "was used for another request", "a déjà servi à une autre demande", UsedIdAsync),
    ];

    public IReadOnlyList<GuardCase> OfValues() =>
    [
        OfLimits("below the limits", "has to be from 0 to 1000", "doit être de 0 à 1000", _ => With(-10)),
        OfLimits("above the limits", "has to be from 0 to 1000", "doit être de 0 à 1000", _ => With(1_010)),
        OfLimits("not on its step", "goes in steps of 10", "va par pas de 10", _ => With(15)),
        OfLimits("not a number (NaN)", "is no number", "n'est pas un nombre", _ => With("NaN")),
        OfLimits("an infinite number", "is no number", "n'est pas un nombre", _ => With("1e999")),
        OfLimits("a word", "is no number", "n'est pas un nombre", _ => With("fast")),
        OfLimits("missing", "\"speed\" is missing", "« speed » manque", _ => []),
        OfLimits("a value that it does not have", "a value is not of this command", "une valeur n'appartient pas à cette commande", value => new JsonObject { ["speed"] = value, ["torque"] = 1 }),
        new("too far from what is in force", "limits", "may change by 100 at once, from 5000", "ne peut changer que de 100 à la fois, de 5000", TooFarAsync),
        new("too soon after the order before", "limits", "was changed a moment ago", "vient d'être changée", TooSoonAsync),
        new("expired", "expiry", "The request expired", "La demande a expiré", value => ExpiresAsync(value, TimeSpan.FromSeconds(-2))),
        new("would hold for too long", "expiry", "30 s at most are allowed", "au plus 30 s sont permises", value => ExpiresAsync(value, TimeSpan.FromSeconds(60))),
    ];

    public IReadOnlyList<GuardCase> OfTheMachine() =>
    [
        new("the device has an order", "busy", "The device has an order already", "L'appareil exécute déjà un ordre", BusyAsync),
        .. Enumerable.Range(0, CommandMachine.Guards).Select(Interlock),
        new("an interlock's value is stale", "interlock", "guard 0 stands against it (a value is too old", "la garde 0 s'y oppose (valeur inutilisable ou trop ancienne", StaleAsync) { Reading = "plc/g0", State = "notFresh" },
        Level("an interlock's value is Uncertain", 1, 500, "the level is not known (a value is not good", "le niveau n'est pas connu (valeur inutilisable", "cage/level < 1000"),
        Level("an interlock's value is Bad", 2, 0, "the ratio is not known (a value is not good", "le rapport n'est pas connu (valeur inutilisable", "1 / cage/level > 0"),
        new("an interlock fails just before the write", "interlock", "the cage is open", "la cage est ouverte", OpenedAsync) { Trace = GuardTrace.Outcome },
        new("expired before the link came to it", "expiry", "The link did not come to the order in time", "La liaison n'a pas pris l'ordre à temps", ExpiredWaitingAsync) { Trace = GuardTrace.Outcome },
    ];

    public IReadOnlyList<GuardCase> OfWhatIsPrepared() =>
    [
        OfToken("no such token", value => scene.ExecuteAsync("careful", "00112233445566778899aabbccddeeff", value)),
        new("another's token", "token", "another user or station prepared it", "un autre utilisateur ou poste l'a préparée", async value => await scene.ExecuteAsync("careful", await scene.PrepareAsync("careful", value), value, Second)) { User = Second },
        new("a token of other values", "token", "the command or its values are others", "la commande ou ses valeurs ont changé", async value => await scene.ExecuteAsync("careful", await scene.PrepareAsync("careful", value + 10_000), value)),
        OfToken("a used token", UsedTokenAsync),
        OfToken("the safety state has changed since it was prepared", SafetySincePreparedAsync),
        new("the safety state changes just before the write", "safety", "The safety state has changed: nothing was sent", "L'état de sécurité a changé : rien n'est parti", SafetyWaitingAsync) { Trace = GuardTrace.Outcome },
        OfToken("the link was lost since it was prepared", LinkSincePreparedAsync),
        new("the link is out", "link", "The link to the device is down", "La liaison avec l'appareil est coupée", UnpluggedAsync),
        new("switched off while it waits", "switch", "Commands were turned off: the order was taken back", "Les commandes ont été coupées : l'ordre est retiré", OffWaitingAsync) { Trace = GuardTrace.Outcome },
        new("commands are off", "switch", "Commands are off. An operator can turn them on", "Les commandes sont coupées. Un opérateur", OffAsync),
    ];

    /// <summary>Prepared at the beginning, executed when its time is over and nothing else has voided it.</summary>
    public GuardCase Late(string token, int prepared, DateTimeOffset isOver) => OfToken("a late token", async _ =>
    {
        await scene.PassesAsync(isOver);
        return await scene.ExecuteAsync("careful", token, prepared);
    });

    private GuardCase OfLimits(string guard, string english, string french, Func<int, JsonObject> values) =>
        new(guard, "limits", english, french, value => scene.SubmitAsync("gently", values(value)));

    private static GuardCase OfToken(string guard, Func<int, Task<JsonObject>> askAsync) => new(guard, "token", "the token is void or never was", "le jeton n'est pas ou plus valable", askAsync);

    private GuardCase Interlock(int guard) => new($"interlock {guard}", "interlock", MessageOf(guard), FrenchOf(guard), async value =>
    {
        scene.Machine.Set(guard, false);
        await scene.SeesAsync("speed", guard, "fails");
        var answer = await scene.SubmitAsync("speed", value);
        scene.Machine.Set(guard, true);
        await scene.SeesAsync("speed", guard, "holds");
        return answer;
    })
    { Reading = $"plc/g{guard}" };

    private GuardCase Level(string guard, int interlock, ushort level, string english, string french, string reading) => new(guard, "interlock", english, french, async value =>
    {
        scene.Cage.Show(level);
        await scene.SeesAsync("caged", interlock, "notGood");
        var answer = await scene.SubmitAsync("caged", value);
        scene.Cage.Show(GuardScene.Usual);
        await scene.SeesAsync("caged", interlock, "holds");
        return answer;
    })
    { Reading = reading, State = "notGood" };

    private async Task<JsonObject> OthersLeaseAsync(int value)
    {
        await scene.DoAsync(Second, "lease");
        var answer = await scene.AskAsync(Operator, "go", "prepare", Body(value));

        // A lease goes with the switch, too.
        await SwitchAsync(false);
        await SwitchAsync(true);
        return answer;
    }

    private async Task<JsonObject> AloneAsync(int value)
    {
        await scene.DoAsync(Operator, "lease");
        return await scene.ExecuteAsync("go", await scene.PrepareAsync("go", value), value);
    }

    private async Task<JsonObject> OwnApprovalAsync(int value) =>
        await scene.ActAsync(Operator, "approve", new JsonObject { ["token"] = await scene.PrepareAsync("go", value) });

    private async Task<JsonObject> UsedIdAsync(int value)
    {
        var id = scene.NewId();
        scene.Allow(value + 10_000);
        GuardScene.IsConfirmed(await scene.SubmitAsync("free", value + 10_000, id: id));
        return await scene.SubmitAsync("free", value, id: id);
    }

    /// <summary>From 5000, which is in force then.</summary>
    private async Task<JsonObject> TooFarAsync(int value)
    {
        await scene.ConfirmAsync("free", 5_000);
        return await scene.SubmitAsync("gently", 10);
    }

    private async Task<JsonObject> TooSoonAsync(int value)
    {
        await scene.ConfirmAsync("seldom", value + 10_000);
        return await scene.SubmitAsync("seldom", value);
    }

    private Task<JsonObject> ExpiresAsync(int value, TimeSpan after)
    {
        var body = Body(value);
        body["expires"] = (TimeProvider.System.GetUtcNow() + after).ToUnixTimeMilliseconds();
        return scene.AskAsync(Operator, "free", "submit", body);
    }

    private async Task<JsonObject> BusyAsync(int value)
    {
        var id = scene.NewId();
        scene.Machine.Thinks = TimeSpan.FromSeconds(1);
        scene.Allow(value + 10_000);
        var slow = scene.SubmitAsync("free", value + 10_000, id: id);
        await scene.OrderedAsync(id);
        var answer = await scene.SubmitAsync("free", value);
        GuardScene.IsConfirmed(await slow);
        scene.Machine.Thinks = TimeSpan.Zero;
        return answer;
    }

    private async Task<JsonObject> StaleAsync(int value)
    {
        scene.Machine.Hold();
        await scene.SeesAsync("speed", 0, "notFresh");
        var answer = await scene.SubmitAsync("speed", value);
        scene.Machine.Release();
        await scene.SeesAsync("speed", 0, "holds");
        return answer;
    }

    private async Task<JsonObject> OpenedAsync(int value)
    {
        var answer = await scene.MeanwhileAsync("caged", Body(value), () => scene.CloseAsync(false));
        await scene.CloseAsync(true);
        return answer;
    }

    private Task<JsonObject> ExpiredWaitingAsync(int value)
    {
        var expires = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(1);
        var body = Body(value);
        body["expires"] = expires.ToUnixTimeMilliseconds();
        return scene.MeanwhileAsync("free", body, () => scene.PassesAsync(expires));
    }

    private async Task<JsonObject> UsedTokenAsync(int value)
    {
        var token = await scene.PrepareAsync("careful", value);
        scene.Allow(value);
        GuardScene.IsConfirmed(await scene.ExecuteAsync("careful", token, value));
        return await scene.ExecuteAsync("careful", token, value);
    }

    private async Task<JsonObject> SafetySincePreparedAsync(int value)
    {
        var token = await scene.PrepareAsync("careful", value);
        await SafetyAsync(false);
        var answer = await scene.ExecuteAsync("careful", token, value);
        await SafetyAsync(true);
        return answer;
    }

    private async Task<JsonObject> SafetyWaitingAsync(int value)
    {
        var answer = await scene.MeanwhileAsync("free", Body(value), () => SafetyAsync(false));
        await SafetyAsync(true);
        return answer;
    }

    private async Task<JsonObject> LinkSincePreparedAsync(int value)
    {
        var token = await scene.PrepareAsync("careful", value);
        scene.Site.Unplug();
        await scene.IsReadyAsync(false);
        scene.Site.Plug();
        await scene.IsReadyAsync(true);
        return await scene.ExecuteAsync("careful", token, value);
    }

    private async Task<JsonObject> UnpluggedAsync(int value)
    {
        scene.Site.Unplug();
        await scene.IsReadyAsync(false);
        var answer = await scene.SubmitAsync("free", value);
        scene.Site.Plug();
        await scene.IsReadyAsync(true);
        return answer;
    }

    private async Task<JsonObject> OffWaitingAsync(int value)
    {
        var answer = await scene.MeanwhileAsync("free", Body(value), () => SwitchAsync(false));
        await SwitchAsync(true);
        return answer;
    }

    private async Task<JsonObject> OffAsync(int value)
    {
        await SwitchAsync(false);
        var answer = await scene.SubmitAsync("free", value);
        await SwitchAsync(true);
        return answer;
    }

    private Task SwitchAsync(bool isOn) => scene.DoAsync(Operator, "switch", new JsonObject { ["on"] = isOn, ["reason"] = "the proof" });

    /// <summary>The cage's safety is seen where its door is: both are read at once.</summary>
    private async Task SafetyAsync(bool isNormal)
    {
        scene.Cage.Set(CommandMachine.Guards, isNormal);
        await scene.CloseAsync(false);
        await scene.CloseAsync(true);
    }

    private static JsonObject Body(int value) => new() { ["values"] = GuardScene.Value(value) };

    private static JsonObject With(JsonNode speed) => new() { ["speed"] = speed };
}
