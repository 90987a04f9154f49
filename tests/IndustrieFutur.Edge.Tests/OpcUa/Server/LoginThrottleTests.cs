using IndustrieFutur.Edge.OpcUa.Server.Sessions;
using Microsoft.Extensions.Time.Testing;

namespace IndustrieFutur.Edge.Tests.OpcUa.Server;

/// <summary>Who guesses passwords gets slower and slower, and nobody else.</summary>
public sealed class LoginThrottleTests
{
    private static readonly LoginAttempt Guesser = new("10.0.0.7", "AB", "operator");

    private readonly FakeTimeProvider _clock = new();
    private readonly LoginThrottle _throttle;

    public LoginThrottleTests() => _throttle = new LoginThrottle(_clock);

    [Fact]
    public void After_some_wrong_ones_the_wait_doubles_with_each_up_to_a_minute()
    {
        Fail(Guesser, LoginThrottle.FreeTries);
        foreach (var seconds in new[] { 1, 2, 4, 8, 16, 32, 60, 60, 60 })
        {
            _clock.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
            Assert.False(_throttle.TryBegin(Guesser));
            _clock.Advance(TimeSpan.FromMilliseconds(1));
            Fail(Guesser, 1);
        }
    }

    [Fact]
    public void However_often_it_was_wrong_the_wait_is_a_minute_at_most()
    {
        Assert.Equal(TimeSpan.Zero, LoginThrottle.WaitAfter(LoginThrottle.FreeTries - 1));
        Assert.Equal(LoginThrottle.WaitMin, LoginThrottle.WaitAfter(LoginThrottle.FreeTries));
        Assert.Equal(LoginThrottle.WaitMax, LoginThrottle.WaitAfter(1_000));
        Assert.Equal(LoginThrottle.WaitMax, LoginThrottle.WaitAfter(int.MaxValue));
    }

    [Fact]
    public void It_is_said_once_that_the_waiting_begins()
    {
        for (var failures = 1; failures < 20; failures++)
        {
            _clock.Advance(LoginThrottle.WaitMax);
            Assert.True(_throttle.TryBegin(Guesser));
            Assert.Equal(failures == LoginThrottle.FreeTries, _throttle.Failed(Guesser));
        }
    }

    [Fact]
    public void Those_that_come_too_early_do_not_prolong_the_wait()
    {
        Fail(Guesser, LoginThrottle.FreeTries);
        for (var tries = 0; tries < 9; tries++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(100));
            Assert.False(_throttle.TryBegin(Guesser));
        }

        _clock.Advance(TimeSpan.FromMilliseconds(100));
        Assert.True(_throttle.TryBegin(Guesser));
    }

    [Fact]
    public void A_right_one_ends_it()
    {
        Fail(Guesser, LoginThrottle.FreeTries + 1);
        _clock.Advance(LoginThrottle.WaitMax);
        Assert.True(_throttle.TryBegin(Guesser));
        _throttle.Succeeded(Guesser);

        Fail(Guesser, LoginThrottle.FreeTries - 1);
        Assert.True(_throttle.TryBegin(Guesser));
        Assert.Equal(1, _throttle.Count);
    }

    [Fact]
    public void When_the_wait_is_over_only_one_is_heard_at_a_time()
    {
        Fail(Guesser, LoginThrottle.FreeTries);
        _clock.Advance(LoginThrottle.WaitMin);

        Assert.True(_throttle.TryBegin(Guesser));
        Assert.False(_throttle.TryBegin(Guesser));
    }

    [Fact]
    public void Many_right_ones_at_the_same_time_are_all_heard()
    {
        for (var session = 0; session < 100; session++)
        {
            Assert.True(_throttle.TryBegin(Guesser));
        }
    }

    [Theory]
    [InlineData("10.0.0.8", "AB", "operator")]
    [InlineData("10.0.0.7", "CD", "operator")]
    [InlineData("10.0.0.7", "", "operator")]
    [InlineData("10.0.0.7", "AB", "viewer")]
    public void Whoever_differs_in_anything_does_not_wait(string address, string client, string user)
    {
        Fail(Guesser, LoginThrottle.FreeTries);

        Assert.True(_throttle.TryBegin(new LoginAttempt(address, client, user)));
    }

    [Fact]
    public void After_a_quiet_hour_all_is_forgotten()
    {
        Fail(Guesser, LoginThrottle.FreeTries);
        _clock.Advance(TimeSpan.FromHours(1));

        Fail(Guesser, LoginThrottle.FreeTries - 1);
        Assert.True(_throttle.TryBegin(Guesser));
    }

    [Fact]
    public void Names_and_certificates_without_end_help_nobody()
    {
        var heard = 0;
        for (var guess = 0; guess < 3_000; guess++)
        {
            var attempt = new LoginAttempt("10.0.0.7", $"{guess % 7}", $"user {guess}");
            if (_throttle.TryBegin(attempt))
            {
                heard++;
                _throttle.Failed(attempt);
            }
        }

        Assert.Equal(LoginThrottle.NamesPerAddressMax + LoginThrottle.FreeTries, heard);
        Assert.False(_throttle.TryBegin(Guesser));
        Assert.True(_throttle.TryBegin(Guesser with { Address = "10.0.0.8" }));
    }

    [Fact]
    public void After_a_quiet_hour_those_at_an_address_are_told_from_each_other_again()
    {
        for (var guess = 0; guess < 100; guess++)
        {
            _throttle.Failed(Guesser with { User = $"user {guess}" });
        }

        _clock.Advance(TimeSpan.FromHours(1));
        Fail(Guesser with { User = "viewer" }, LoginThrottle.FreeTries);
        Assert.True(_throttle.TryBegin(Guesser));
    }

    [Fact]
    public void Among_many_names_a_right_one_neither_waits_again_nor_frees_the_others()
    {
        for (var guess = 0; guess < 100; guess++)
        {
            _throttle.Failed(Guesser with { User = $"user {guess}" });
        }

        _clock.Advance(LoginThrottle.WaitMax);
        for (var login = 0; login < 10; login++)
        {
            Assert.True(_throttle.TryBegin(Guesser));
            _throttle.Succeeded(Guesser);
        }

        Fail(Guesser with { User = "user 200" }, 1);
        Assert.False(_throttle.TryBegin(Guesser with { User = "user 201" }));
    }

    [Fact]
    public void Endless_names_are_not_kept()
    {
        var endless = Guesser with { User = new string('x', 60_000) };
        Fail(endless, LoginThrottle.FreeTries);

        Assert.False(_throttle.TryBegin(endless with { User = new string('y', 60_000) }));
        Assert.True(_throttle.TryBegin(Guesser));
    }

    [Fact]
    public void From_however_many_addresses_they_come_the_table_is_bounded()
    {
        for (var number = 0; number < 3 * LoginThrottle.RecordsMax; number++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(1));
            _throttle.Failed(Guesser with { Address = $"{number}" });
        }

        Assert.Equal(LoginThrottle.RecordsMax, _throttle.Count);
    }

    /// <summary>Waits where it must, but not before the first.</summary>
    private void Fail(in LoginAttempt attempt, int times)
    {
        for (var failures = 0; failures < times; failures++)
        {
            if (failures >= LoginThrottle.FreeTries)
            {
                _clock.Advance(LoginThrottle.WaitMax);
            }

            Assert.True(_throttle.TryBegin(attempt));
            _throttle.Failed(attempt);
        }
    }
}
