using System.Text.Json.Nodes;
using static IndustrieFutur.Edge.Cell.Tests.Proofs.CommandSite;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>Every guard of the gate, each made false alone: of persons, of values, of the machine, of what was prepared.</summary>
internal sealed class GuardCases(GuardScene scene)
{
    private const string PrepareAgainFr = "préparer à nouveau";
    private const string PrepareAgainEn = "prepare again";

    public IReadOnlyList<GuardCase> OfPersons() =>
    [
        new("nobody has logged in", "identity", "Log in first", "Se connecter d'abord", value => scene.SubmitAsync("free", value, "")) { User = "", Trace = GuardTrace.None },
        new("an observer asks", "identity", "An observer looks", "Un observateur regarde", value => scene.SubmitAsync("free", value, Observer)) { User = Observer },
        new("no such command", "command", "There is no such command", "Cette commande n'existe pas", value => scene.SubmitAsync("jog", value)),
        new("the role does not do", "allow", "it takes: integrator", "il faut : integrator", value => scene.SubmitAsync("service", value)),
        new("not on the command's list", "allow", "these may: max", "le peuvent : max", value => scene.SubmitAsync("private", value)),
        new("level 2 at once", "level", "prepare it first", "la préparer d'abord", value => scene.SubmitAsync("careful", value)),
        new("nobody has the lease", "lease", "Nobody has the lease", "Personne n'a pris la main", value => scene.AskAsync(Operator, "go", "prepare", Body(value))),
        new("another has the lease", "lease", "\"max\" has the lease", "« max » a la main", OthersLeaseAsync),
        new("no second person", "two", "Another person must approve", "Une autre personne doit approuver", AloneAsync),
        new("the second person is the first", "two", "another person than the one who prepares", "une autre personne que celle qui prépare", OwnApprovalAsync) { Trace = GuardTrace.Act },
        new("the id was used for something else", "id", "was used for another request", "a déjà servi pour une autre demande", UsedIdAsync),
    ];

    public IReadOnlyList<GuardCase> OfValues() =>
    [
        OfLimits("below the limits", "out of its limits (0", "hors limites (0", _ => With(-10)),
        OfLimits("above the limits", "out of its limits (0", "hors limites (0", _ => With(1_010)),
        OfLimits("not on its step", "not on the step of 10", "pas sur le pas de 10", _ => With(15)),
        OfLimits("not a number (NaN)", "\"NaN\" is no number", "« NaN » n'est pas un nombre", _ => With("NaN")),
        OfLimits("an infinite number", "is no number", "n'est pas un nombre", _ => With("1e999")),
        OfLimits("a word", "\"fast\" is no number", "« fast » n'est pas un nombre", _ => With("fast")),
        OfLimits("missing", "\"speed\" is missing", "« speed » manque", _ => []),
        OfLimits("a value that it does not have", "no value \"torque\"", "pas de valeur « torque »", value => new JsonObject { ["speed"] = value, ["torque"] = 1 }),
        new("too far from what is in force", "limits", "go there in several steps", "y aller en plusieurs pas", TooFarAsync),
        new("too soon after the order before", "limits", "Too soon after the order before", "Trop tôt après la commande précédente", TooSoonAsync),
        new("expired", "expiry", "expired", "a expiré", value => ExpiresAsync(value, TimeSpan.FromSeconds(-2))),
        new("would hold for too long", "expiry", "more than the 30000 allowed", "plus que les 30000 permises", value => ExpiresAsync(value, TimeSpan.FromSeconds(60))),
    ];

    public IReadOnlyList<GuardCase> OfTheMachine() =>
    [
        new("the device has an order", "busy", "The device has an order already", "L'appareil exécute déjà une commande", BusyAsync),
        .. Enumerable.Range(0, CommandMachine.Guards).Select(Interlock),
        new("an interlock's value is stale", "interlock", "no value that is Good and fresh", "pas de valeur sûre et récente", StaleAsync) { Reading = "plc/g0", State = "notFresh" },
        Level("an interlock's value is Uncertain", 1, 500, "the level is not known (no value that is Good", "le niveau n'est pas connu (pas de valeur", "cage/level < 1000"),
        Level("an interlock's value is Bad", 2, 0, "the ratio is not known (no value that is Good", "le rapport n'est pas connu (pas de valeur", "1 / cage/level > 0"),
        new("an interlock fails just before the write", "interlock", "the cage is open", "la cage est ouverte", OpenedAsync) { Trace = GuardTrace.Outcome },
        new("expired before the link came to it", "expiry", "expired before the link came to it", "a expiré avant que la liaison", ExpiredWaitingAsync) { Trace = GuardTrace.Outcome },
    ];

    public IReadOnlyList<GuardCase> OfWhatIsPrepared() =>
    [
        OfToken("no such token", value => scene.ExecuteAsync("careful", "00112233445566778899aabbccddeeff", value)),
        OfToken("another's token", async value => await scene.ExecuteAsync("careful", await scene.PrepareAsync("careful", value), value, Second)) with { User = Second },
        OfToken("a token of other values", async value => await scene.ExecuteAsync("careful", await scene.PrepareAsync("careful", value + 10_000), value)),
        OfToken("a used token", UsedTokenAsync),
        OfToken("the safety state has changed since it was prepared", SafetySincePreparedAsync),
        new("the safety state changes just before the write", "safety", "The safety state changed just before the write", "L'état de sécurité a changé juste avant", SafetyWaitingAsync) { Trace = GuardTrace.Outcome },
        OfToken("the link was lost since it was prepared", LinkSincePreparedAsync),
        new("the link is out", "link", "is not connected", "n'est pas relié", UnpluggedAsync),
        new("switched off while it waits", "switch", "taken back before the write", "retirée avant l'écriture", OffWaitingAsync) { Trace = GuardTrace.Outcome },
        new("commands are off", "switch", "Commands are switched off", "Les commandes sont coupées", OffAsync),
    ];

    /// <summary>Prepared at the beginning, executed when its time is over and nothing else has voided it.</summary>
    public GuardCase Late(string token, int prepared, DateTimeOffset isOver) => OfToken("a late token", async _ =>
    {
        await scene.PassesAsync(isOver);
        return await scene.ExecuteAsync("careful", token, prepared);
    });

    private GuardCase OfLimits(string guard, string english, string french, Func<int, JsonObject> values) =>
        new(guard, "limits", english, french, value => scene.SubmitAsync("gently", values(value)));

    private static GuardCase OfToken(string guard, Func<int, Task<JsonObject>> askAsync) => new(guard, "token", PrepareAgainEn, PrepareAgainFr, askAsync);

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
