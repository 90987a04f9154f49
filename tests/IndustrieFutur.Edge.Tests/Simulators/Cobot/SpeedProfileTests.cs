using IndustrieFutur.Edge.Simulators.Cobot;

namespace IndustrieFutur.Edge.Tests.Simulators.Cobot;

/// <summary>A move starts and ends at rest, and its speed and acceleration belong to its distance.</summary>
public sealed class SpeedProfileTests
{
    private const double Tick = 0.002;

    private static readonly SpeedProfile Profile = new(1.7);

    [Fact]
    public void A_move_goes_all_the_way_in_its_time_from_rest_to_rest()
    {
        Assert.Equal((0, 0, 0), Profile.At(0));
        Assert.Equal((1, 0, 0), Profile.At(1.7));
        Assert.Equal(0.5, Profile.At(0.85).Distance, 12);
        Assert.Equal(Profile.Cruise, Profile.At(0.85).Speed, 12);
    }

    [Fact]
    public void Speed_is_the_change_of_distance_and_acceleration_the_change_of_speed()
    {
        for (var seconds = Tick; seconds < 1.7 - Tick; seconds += Tick)
        {
            var (before, now, after) = (Profile.At(seconds - Tick), Profile.At(seconds), Profile.At(seconds + Tick));

            Assert.Equal((after.Distance - before.Distance) / (2 * Tick), now.Speed, 2e-5);
            Assert.Equal((after.Speed - before.Speed) / (2 * Tick), now.Acceleration, 2e-2);
        }
    }

    [Fact]
    public void The_acceleration_has_no_jump()
    {
        var last = 0.0;
        for (var seconds = Tick; seconds < 1.7; seconds += Tick)
        {
            var now = Profile.At(seconds).Acceleration;
            Assert.True(Math.Abs(now - last) < 0.04, $"at {seconds}: from {last} to {now}");
            last = now;
        }
    }
}
