using IndustrieFutur.Edge.App.Configuration;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Server;

namespace IndustrieFutur.Edge.App.Broker;

/// <summary>The retained messages: how many and how many bytes may be kept, and the file that brings them over a restart.</summary>
internal sealed class RetainedStock : IDisposable
{
    /// <summary>JSON may write a byte of a topic as six; twice that before the file is rewritten.</summary>
    private const int FileBytesPerByte = 12;

    /// <summary>JSON and CRC of one line beside its topic and payload.</summary>
    private const int FileBytesPerMessage = 1_024;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _bytes = new(StringComparer.Ordinal);
    private readonly BrokerLimitsOptions _limits;
    private RetainedFile? _file;
    private readonly ILogger _logger;
    private bool _isFileBehind;
    private bool _isFullTold;

    /// <summary>Without a file they end with the process.</summary>
    public RetainedStock(BrokerLimitsOptions limits, RetainedFile? file, ILogger logger)
    {
        _limits = limits;
        _file = file;
        _logger = logger;
    }

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _bytes.Count;
            }
        }
    }

    public long Bytes { get; private set; }

    /// <summary>Why the file does not have what the broker has; empty when it does.</summary>
    public string FileError { get; private set; } = "";

    /// <summary>What an earlier run left, as far as the limits go.</summary>
    public List<MqttApplicationMessage> Load()
    {
        var kept = Read().Select(message => message.ToMessage()).Where(message => TryBook(message.Topic, MessageSize.Of(message))).ToList();
        if (kept.Count > 0)
        {
            ToFile(() => _file!.Rewrite(kept.Select(RetainedMessage.Of)));
        }

        return kept;
    }

    /// <summary>
    /// False when there is no room for a message of so many bytes; an older one of that topic is then no longer true and has to go. None
    /// ends the topic.
    /// </summary>
    public bool TryBook(string topic, long bytes)
    {
        lock (_lock)
        {
            var had = _bytes.TryGetValue(topic, out var before);
            if (bytes > 0 && ((!had && _bytes.Count >= _limits.RetainedMessages) || Bytes - before + bytes > _limits.RetainedBytes))
            {
                SayFull();
                return false;
            }

            Bytes += bytes - before;
            _ = bytes == 0 ? _bytes.Remove(topic) : (_bytes[topic] = bytes) > 0;
            return true;
        }
    }

    /// <summary>The broker's hook: called for one change after the other, before the publisher gets its acknowledgement.</summary>
    public Task ChangedAsync(RetainedMessageChangedEventArgs change)
    {
        if (_file is not null)
        {
            var all = change.StoredRetainedMessages.Select(RetainedMessage.Of);
            ToFile(() => _file.Write(RetainedMessage.Of(change.ChangedRetainedMessage), all));
        }

        return Task.CompletedTask;
    }

    public void Dispose()
    {
        ToFile(() => _file?.Sync());
        _file?.Dispose();
    }

    private IReadOnlyList<RetainedMessage> Read()
    {
        var fileBytesMax = (_limits.RetainedBytes * FileBytesPerByte) + ((long)_limits.RetainedMessages * FileBytesPerMessage) + RetainedFile.SlackBytes;
        try
        {
            string? damage = null;
            var loaded = _file?.Load(fileBytesMax, out damage) ?? [];
            if (damage is not null)
            {
                _logger.RetainedDamaged(damage);
            }

            return loaded;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            // Written over, they would be gone: whoever looks after the disk still finds them.
            _file = null;
            FileError = cause.Message;
            _logger.RetainedDamaged($"the retained messages of an earlier run can be neither read nor set aside ({cause.Message}); they stay where they are, and none of this run are kept");
            return [];
        }
    }

    private void ToFile(Action write)
    {
        try
        {
            write();
            FileError = "";
            _isFileBehind = false;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            FileError = cause.Message;
            if (!_isFileBehind)
            {
                _isFileBehind = true;
                _logger.RetainedNotWritten(cause.Message);
            }
        }
    }

    private void SayFull()
    {
        if (!_isFullTold)
        {
            _isFullTold = true;
            _logger.RetainedFull(_bytes.Count, Bytes);
        }
    }
}
