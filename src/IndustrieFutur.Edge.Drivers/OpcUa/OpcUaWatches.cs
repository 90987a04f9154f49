using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Drivers.OpcUa;

/// <summary>
/// Everything that the server watches for us: makes the subscriptions, makes those anew that are gone, and asks again for variables
/// that were refused. One bad variable stops no other.
/// </summary>
internal sealed class OpcUaWatches(
    UaSession session,
    UaSubscriptions<OpcUaSink> subscriptions,
    OpcUaPlan plan,
    OpcUaFeed feed,
    OpcUaLastValues values,
    OpcUaStatistics statistics,
    OpcUaOptions options)
{
    private readonly OpcUaProfile _profile = options.EffectiveProfile;
    private readonly TimestampsToReturn _timestamps = options.Timestamps == OpcUaTimestamps.Both ? TimestampsToReturn.Both : TimestampsToReturn.Source;
    private readonly List<OpcUaWatch> _watches = feed.Watches;
    private long _retryMonoNanos = long.MaxValue;
    private long _refreshMonoNanos;

    /// <summary>After a connection: what lives on the server is kept and its last values said again, what is gone is made anew.</summary>
    /// <param name="isOtherSpace">The server's namespaces are others than before: every node is looked up anew.</param>
    /// <param name="monoNow">Now.</param>
    public void Recover(bool isOtherSpace, long monoNow)
    {
        RemoveLost();
        GiveUp([.. _watches.Where(watch => isOtherSpace || !watch.IsComplete)]);
        foreach (var watch in _watches.Where(watch => watch.ReadMonoNanos == long.MaxValue))
        {
            SayAgain(watch, monoNow);
        }

        MakeMissing(monoNow);
    }

    /// <summary>While the link lives: subscriptions that the server gave up, and values that are still in doubt after messages were lost.</summary>
    public void LookAfter(long monoNow)
    {
        if (subscriptions.Subscriptions.Count < _watches.Count)
        {
            RemoveLost();
            MakeMissing(monoNow);
        }

        foreach (var watch in _watches)
        {
            if (watch.ReadMonoNanos <= monoNow)
            {
                ReadDoubted(watch);
            }
        }
    }

    /// <summary>The server answers but its subscriptions are silent: they are made anew.</summary>
    public void MakeAllAnew(long monoNow)
    {
        GiveUp([.. _watches]);
        MakeMissing(monoNow);
    }

    /// <summary>What was refused is asked for again when its time has come.</summary>
    public void RetryRefused(long monoNow)
    {
        if (monoNow >= _retryMonoNanos)
        {
            RetryDue(monoNow);
        }
    }

    /// <summary>A method of its own: what its queries hold on to would be allocated at each look otherwise.</summary>
    private void RetryDue(long monoNow)
    {
        foreach (var watch in _watches.ToArray())
        {
            var due = watch.Items.Where(item => item.RetryMonoNanos <= monoNow).ToArray();
            if (due.Length > 0)
            {
                CreateItems(watch, due, monoNow);
            }
        }

        MakeMissing(monoNow);
    }

    /// <summary>A subscription that was heard of has a word for all its signals: those that say so do not go stale.</summary>
    public void Refresh(long monoNow)
    {
        // Ten thousand signals are not looked at four times a second if the first is due in a minute, or none ever.
        if (monoNow < _refreshMonoNanos)
        {
            return;
        }

        _refreshMonoNanos = long.MaxValue;
        foreach (var watch in _watches)
        {
            foreach (var slot in watch.Slots)
            {
                _refreshMonoNanos = Math.Min(_refreshMonoNanos, values.Refresh(slot, watch.Subscription.HeardMonoNanos));
            }
        }
    }

    private void SayAgain(OpcUaWatch watch, long monoNow)
    {
        var hasUnknown = false;
        foreach (var item in watch.Items)
        {
            foreach (var target in item.Targets)
            {
                values.Reaffirm(target.Slot, monoNow);
                hasUnknown |= !values.IsKnown(target.Slot) && !item.IsRefused;
            }
        }

        // Its first value went down with the link before it came.
        if (hasUnknown)
        {
            watch.ReadWhenSettled(monoNow);
        }
    }

    /// <summary>Signals that no message has said anything of since some were lost.</summary>
    private void ReadDoubted(OpcUaWatch watch)
    {
        watch.ReadMonoNanos = long.MaxValue;
        var items = watch.Items.Where(item => item.Node is not null && !item.IsRefused && IsDoubted(item)).ToArray();
        foreach (var chunk in items.Chunk(_profile.NodesPerReadMax))
        {
            var results = session.Read([.. chunk.Select(OpcUaItemRequest.ToRead)], _timestamps);
            feed.Hear();
            for (var i = 0; i < chunk.Length; i++)
            {
                if (IsDoubted(chunk[i]))
                {
                    feed.TakeRead(chunk[i].Place, results[i]);
                }
            }
        }
    }

    private bool IsDoubted(OpcUaItem item) => item.Targets.Any(target => values.IsMarked(target.Slot) || !values.IsKnown(target.Slot));

    /// <summary>
    /// Whatever took a subscription from the client, in this call or in one that failed half-way long ago: what it no longer keeps, nobody
    /// watches.
    /// </summary>
    private void RemoveLost() => Remove([.. _watches.Where(watch => !subscriptions.Subscriptions.Contains(watch.Subscription))]);

    /// <summary>Removed before they are deleted: the link may be lost over the deletion, and they are not ours any more.</summary>
    private void GiveUp(OpcUaWatch[] watches)
    {
        Remove(watches);
        if (watches.Length > 0)
        {
            subscriptions.Delete([.. watches.Select(watch => watch.Subscription)]);
        }
    }

    private void Remove(OpcUaWatch[] watches)
    {
        statistics.CountRemade(watches.Length);
        foreach (var watch in watches)
        {
            _watches.Remove(watch);
            foreach (var item in watch.Items)
            {
                item.Forget();
            }
        }
    }

    private void MakeMissing(long monoNow)
    {
        foreach (var group in plan.Groups.Where(group => !group.Options.IsRead))
        {
            var watched = _watches.Where(watch => watch.Group == group).SelectMany(watch => watch.Items).ToHashSet();
            foreach (var items in group.Items.Where(item => !watched.Contains(item) && IsDue(item, monoNow)).Chunk(ItemsPerSubscription()))
            {
                Make(group, items, monoNow);
            }
        }

        NoteNextRetry();
    }

    private static bool IsDue(OpcUaItem item, long monoNow) => !item.IsRefused || item.RetryMonoNanos <= monoNow;

    private int ItemsPerSubscription()
    {
        var ofServer = session.Limits.MonitoredItemsPerSubscription;
        return ofServer is > 0 and < int.MaxValue ? Math.Min((int)ofServer, _profile.ItemsPerSubscriptionMax) : _profile.ItemsPerSubscriptionMax;
    }

    private void Make(OpcUaGroup group, OpcUaItem[] items, long monoNow)
    {
        foreach (var target in items.SelectMany(item => item.Targets))
        {
            values.Forget(target.Slot);
        }

        if (TryCreate(group, items, monoNow) is { } subscription)
        {
            var watch = new OpcUaWatch(group, subscription, items);
            _watches.Add(watch);
            _refreshMonoNanos = 0;
            CreateItems(watch, items, monoNow);
        }
    }

    /// <summary>Null when the server has no room for one more subscription: those that it has go on.</summary>
    private UaSubscription? TryCreate(OpcUaGroup group, OpcUaItem[] items, long monoNow)
    {
        try
        {
            return subscriptions.Create(new OpcUaItemRequest(group.Options, _profile, options.SessionTimeout).Subscription());
        }
        catch (UaException full) when (session.IsConnected && full.Status is StatusCodes.BadTooManySubscriptions or StatusCodes.BadServiceUnsupported)
        {
            foreach (var item in items)
            {
                Refuse(item, full.Status, monoNow);
            }

            return null;
        }
    }

    private void CreateItems(OpcUaWatch watch, OpcUaItem[] items, long monoNow)
    {
        var statuses = OpcUaResolver.Resolve(session, items, _profile.ItemsPerCallMax);
        var found = items.Where((_, i) => statuses[i] == StatusCodes.Good).ToArray();
        for (var i = 0; i < items.Length; i++)
        {
            if (statuses[i] != StatusCodes.Good)
            {
                Refuse(items[i], statuses[i], monoNow);
            }
        }

        watch.IsComplete = false;
        feed.Structures.Learn(session, found);
        foreach (var chunk in found.Chunk(_profile.ItemsPerCallMax))
        {
            var unfiltered = Create(watch, chunk, isFiltered: true, monoNow);
            if (unfiltered.Length > 0)
            {
                Create(watch, unfiltered, isFiltered: false, monoNow);
            }
        }

        watch.IsComplete = true;
    }

    /// <summary>Returns those that the server can watch but not filter.</summary>
    private OpcUaItem[] Create(OpcUaWatch watch, OpcUaItem[] items, bool isFiltered, long monoNow)
    {
        var request = new OpcUaItemRequest(watch.Group.Options, _profile, options.SessionTimeout);
        var queueMax = session.Limits.MonitoredItemsQueueSize;
        var requests = items.Select(item => request.Item(
            item, feed.NewHandle(item.Place), KindOf(item), watch.Subscription.PublishingInterval, queueMax, isFiltered)).ToArray();
        var results = subscriptions.CreateItems(watch.Subscription, requests, _timestamps);
        var unfiltered = new List<OpcUaItem>();
        for (var i = 0; i < items.Length; i++)
        {
            var status = results[i].StatusCode;
            if (isFiltered && OpcUaRefusal.IsOfFilter(status))
            {
                unfiltered.Add(items[i]);
            }
            else if (StatusCode.IsBad(status))
            {
                Refuse(items[i], status, monoNow);
            }
            else
            {
                items[i].Accept();
            }
        }

        return [.. unfiltered];
    }

    private ValueKind KindOf(OpcUaItem item) => item.OnlySlot >= 0 ? values.KindOf(item.OnlySlot) : ValueKind.Text;

    private void Refuse(OpcUaItem item, uint status, long monoNow)
    {
        item.Refuse(monoNow);
        feed.TakeRefusal(item.Place, status);
    }

    private void NoteNextRetry() => _retryMonoNanos = plan.Items.Min(item => item.RetryMonoNanos);
}
