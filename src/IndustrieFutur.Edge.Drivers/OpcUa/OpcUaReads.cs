using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Drivers.OpcUa;

/// <summary>Groups that we read ourselves, each at its interval: for servers whose subscriptions are few, or poor.</summary>
internal sealed class OpcUaReads(UaSession session, OpcUaPlan plan, OpcUaFeed feed, OpcUaOptions options)
{
    private readonly OpcUaProfile _profile = options.EffectiveProfile;
    private readonly OpcUaGroup[] _groups = [.. plan.Groups.Where(group => group.Options.IsRead)];
    private readonly TimestampsToReturn _timestamps = options.Timestamps == OpcUaTimestamps.Both ? TimestampsToReturn.Both : TimestampsToReturn.Source;

    /// <summary>When the next group is due; long.MaxValue when none is read.</summary>
    public long NextDueMonoNanos
    {
        get
        {
            var next = long.MaxValue;
            foreach (var group in _groups)
            {
                next = Math.Min(next, group.DueMonoNanos);
            }

            return next;
        }
    }

    /// <summary>After a connection: nodes are looked up in the session at hand, and everything is due.</summary>
    public void Restart(long monoNow)
    {
        foreach (var group in _groups)
        {
            foreach (var item in group.Items)
            {
                item.Forget();
            }

            Resolve([.. group.Items], monoNow);
            group.DueMonoNanos = monoNow;
        }
    }

    /// <summary>Reads what is due. A round that was missed is not made up for: the next one is.</summary>
    public void ReadDue(long monoNow)
    {
        foreach (var group in _groups)
        {
            if (group.DueMonoNanos > monoNow)
            {
                continue;
            }

            RetryRefused(group, monoNow);
            Read(group, monoNow);
            var interval = group.Options.EffectiveSampling.Ticks * 100;
            group.DueMonoNanos += interval * Math.Max(1, ((monoNow - group.DueMonoNanos) / interval) + 1);
        }
    }

    private void RetryRefused(OpcUaGroup group, long monoNow)
    {
        var due = group.Items.Where(item => item.RetryMonoNanos <= monoNow).ToArray();
        if (due.Length > 0)
        {
            Resolve(due, monoNow);
        }
    }

    private void Resolve(OpcUaItem[] items, long monoNow)
    {
        var statuses = OpcUaResolver.Resolve(session, items, _profile.ItemsPerCallMax);
        for (var i = 0; i < items.Length; i++)
        {
            if (statuses[i] != StatusCodes.Good)
            {
                Refuse(items[i], statuses[i], monoNow);
                continue;
            }

            // Perhaps; the read will tell. Its pause between two tries is kept until it does.
            items[i].TryAgain();
        }

        feed.Structures.Learn(session, items);
    }

    private void Read(OpcUaGroup group, long monoNow)
    {
        foreach (var chunk in group.Items.Where(item => item.Node is not null && !item.IsRefused).Chunk(_profile.NodesPerReadMax))
        {
            var results = session.Read([.. chunk.Select(OpcUaItemRequest.ToRead)], _timestamps);
            feed.Hear();
            for (var i = 0; i < chunk.Length; i++)
            {
                Take(chunk[i], results[i], monoNow);
            }
        }
    }

    private void Take(OpcUaItem item, DataValue value, long monoNow)
    {
        if (StatusCode.IsBad(value.Status) && OpcUaRefusal.IsOfVariable(value.Status & 0xFFFF_0000))
        {
            Refuse(item, value.Status, monoNow);
            return;
        }

        item.Accept();
        feed.TakeRead(item.Place, value);
    }

    private void Refuse(OpcUaItem item, uint status, long monoNow)
    {
        item.Refuse(monoNow);
        feed.TakeRefusal(item.Place, status);
    }
}
