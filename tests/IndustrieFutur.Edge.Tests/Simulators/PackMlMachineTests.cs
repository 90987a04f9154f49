using IndustrieFutur.Edge.Simulators.Plc;

namespace IndustrieFutur.Edge.Tests.Simulators;

/// <summary>The conveyor's state machine against the transitions that OPC 30050's NodeSet draws, each of them and no other.</summary>
public sealed class PackMlMachineTests
{
    private static readonly PackMlState[] Running =
    [
        PackMlState.Resetting, PackMlState.Idle, PackMlState.Starting, PackMlState.Execute, PackMlState.Completing, PackMlState.Complete,
        PackMlState.Holding, PackMlState.Held, PackMlState.Unholding, PackMlState.Suspending, PackMlState.Suspended, PackMlState.Unsuspending,
    ];

    /// <summary>How each state is reached from a new machine: commands, each given until it is obeyed.</summary>
    private static readonly Dictionary<PackMlState, PackMlCommand[]> Ways = new()
    {
        [PackMlState.Resetting] = [],
        [PackMlState.Idle] = [],
        [PackMlState.Starting] = [PackMlCommand.Start],
        [PackMlState.Execute] = [PackMlCommand.Start],
        [PackMlState.Completing] = [PackMlCommand.Start, PackMlCommand.Complete],
        [PackMlState.Complete] = [PackMlCommand.Start, PackMlCommand.Complete],
        [PackMlState.Holding] = [PackMlCommand.Start, PackMlCommand.Hold],
        [PackMlState.Held] = [PackMlCommand.Start, PackMlCommand.Hold],
        [PackMlState.Unholding] = [PackMlCommand.Start, PackMlCommand.Hold, PackMlCommand.Unhold],
        [PackMlState.Suspending] = [PackMlCommand.Start, PackMlCommand.Suspend],
        [PackMlState.Suspended] = [PackMlCommand.Start, PackMlCommand.Suspend],
        [PackMlState.Unsuspending] = [PackMlCommand.Start, PackMlCommand.Suspend, PackMlCommand.Unsuspend],
        [PackMlState.Stopping] = [PackMlCommand.Stop],
        [PackMlState.Stopped] = [PackMlCommand.Stop],
        [PackMlState.Aborting] = [PackMlCommand.Abort],
        [PackMlState.Aborted] = [PackMlCommand.Abort],
        [PackMlState.Clearing] = [PackMlCommand.Abort, PackMlCommand.Clear],
    };

    public static TheoryData<PackMlState> States => [.. Ways.Keys];

    [Theory]
    [MemberData(nameof(States))]
    public void Every_state_obeys_the_commands_of_the_standard_and_no_other(PackMlState state)
    {
        foreach (var command in Enum.GetValues<PackMlCommand>())
        {
            var machine = In(state);

            machine.Tell(command);

            Assert.Equal((command, Expected(state, command)), (command, machine.State));
        }
    }

    [Theory]
    [InlineData(PackMlState.Clearing, PackMlState.Stopped)]
    [InlineData(PackMlState.Resetting, PackMlState.Idle)]
    [InlineData(PackMlState.Starting, PackMlState.Execute)]
    [InlineData(PackMlState.Stopping, PackMlState.Stopped)]
    [InlineData(PackMlState.Aborting, PackMlState.Aborted)]
    [InlineData(PackMlState.Holding, PackMlState.Held)]
    [InlineData(PackMlState.Unholding, PackMlState.Execute)]
    [InlineData(PackMlState.Suspending, PackMlState.Suspended)]
    [InlineData(PackMlState.Unsuspending, PackMlState.Execute)]
    [InlineData(PackMlState.Completing, PackMlState.Complete)]
    public void An_acting_state_takes_a_second_and_ends_by_itself(PackMlState acting, PackMlState next)
    {
        var machine = In(acting);

        Scan(machine, ConveyorPlc.ScansPerSecond - 1);
        var before = machine.State;
        Scan(machine, 1);

        Assert.Equal((acting, next), (before, machine.State));
    }

    [Theory]
    [InlineData(PackMlState.Idle)]
    [InlineData(PackMlState.Execute)]
    [InlineData(PackMlState.Complete)]
    [InlineData(PackMlState.Held)]
    [InlineData(PackMlState.Suspended)]
    [InlineData(PackMlState.Stopped)]
    [InlineData(PackMlState.Aborted)]
    public void Any_other_state_stays_until_something_is_told(PackMlState state)
    {
        var machine = In(state);

        Scan(machine, 100 * ConveyorPlc.ScansPerSecond);

        Assert.Equal(state, machine.State);
    }

    private static PackMlState Expected(PackMlState state, PackMlCommand command) => command switch
    {
        PackMlCommand.Stop when Running.Contains(state) => PackMlState.Stopping,
        PackMlCommand.Abort when state is not (PackMlState.Aborting or PackMlState.Aborted) => PackMlState.Aborting,
        PackMlCommand.Clear when state == PackMlState.Aborted => PackMlState.Clearing,
        PackMlCommand.Reset when state is PackMlState.Stopped or PackMlState.Complete => PackMlState.Resetting,
        PackMlCommand.Start when state == PackMlState.Idle => PackMlState.Starting,
        PackMlCommand.Complete when state == PackMlState.Execute => PackMlState.Completing,
        PackMlCommand.Suspend when state == PackMlState.Execute => PackMlState.Suspending,
        PackMlCommand.Unsuspend when state == PackMlState.Suspended => PackMlState.Unsuspending,
        PackMlCommand.Unhold when state == PackMlState.Held => PackMlState.Unholding,
        PackMlCommand.Hold when state is PackMlState.Execute or PackMlState.Starting or PackMlState.Suspending or PackMlState.Suspended
            or PackMlState.Unsuspending or PackMlState.Unholding => PackMlState.Holding,
        _ => state,
    };

    private static PackMlMachine In(PackMlState state)
    {
        var machine = new PackMlMachine();
        foreach (var command in Ways[state])
        {
            ScanUntil(machine, () => machine.Obeys(command));
            machine.Tell(command);
        }

        ScanUntil(machine, () => machine.State == state);
        return machine;
    }

    private static void ScanUntil(PackMlMachine machine, Func<bool> isReached)
    {
        for (var scan = 0; !isReached(); scan++)
        {
            Assert.True(scan < 10 * ConveyorPlc.ScansPerSecond, $"stuck in {machine.State}");
            machine.Scan();
        }
    }

    private static void Scan(PackMlMachine machine, int scans)
    {
        for (var i = 0; i < scans; i++)
        {
            machine.Scan();
        }
    }
}
