using System.Globalization;
using IndustrieFutur.Edge.Protocols.Links;
using IndustrieFutur.Edge.Protocols.OpenProtocol;

namespace IndustrieFutur.Edge.Simulators.Torque;

/// <summary>
/// The controller's side of one Open Protocol link: a session that is started, subscriptions, one unacknowledged message of each kind at a time,
/// and an end after 15 s of silence. What would move or change the tool is refused.
/// </summary>
internal sealed class OpenProtocolConversation(TorqueController controller, OpenProtocolLink link, bool isSerial)
{
    /// <summary>How soon a result leaves.</summary>
    private const long LookEveryNanos = 10_000_000;

    private const long SilenceNanos = 15_000_000_000;

    /// <summary>What is not acknowledged within it is sent again.</summary>
    private const long ResendNanos = 3_000_000_000;

    private const int SelectParameterSet = 18;
    private const int DisableTool = 42;
    private const int EnableTool = 43;
    private const int SetTime = 82;

    private bool _isStarted;
    private bool _tellsResults;
    private bool _wantsAcknowledgement;
    private bool _tellsAlarms;
    private long _heardMonoNanos = LinkClock.NowNanos();
    private long _result;
    private long _alarm;
    private long _resultSentMonoNanos;
    private long _alarmSentMonoNanos;
    private bool _isResultOut;
    private int _alarmAcknowledge;

    /// <summary>One turn; the session's place is given back when the link breaks.</summary>
    public void Serve(long untilMonoNanos)
    {
        try
        {
            TellResult();
            TellAlarm();
            if (link.TryRead(Math.Min(untilMonoNanos, LinkClock.NowNanos() + LookEveryNanos), out var header, out _))
            {
                _heardMonoNanos = LinkClock.NowNanos();
                Answer(header);
            }

            HangUpOnSilence();
        }
        catch (LinkBrokenException)
        {
            End();
            throw;
        }
    }

    private void Answer(in OpenProtocolHeader header)
    {
        if (header.Mid == OpenProtocolMid.CommunicationStart)
        {
            Start();
        }
        else if (!_isStarted)
        {
            Refuse(header.Mid, OpenProtocolError.CommandFailed);
        }
        else if (header.Revision > 1)
        {
            Refuse(header.Mid, OpenProtocolError.RevisionUnsupported);
        }
        else
        {
            AnswerStarted(header);
        }
    }

    private void AnswerStarted(in OpenProtocolHeader header)
    {
        switch (header.Mid)
        {
            case OpenProtocolMid.KeepAlive:
                link.Send(OpenProtocolMid.KeepAlive);
                break;
            case OpenProtocolMid.CommunicationStop:
                Accept(header.Mid);
                End();
                break;
            case OpenProtocolMid.ResultSubscribe or OpenProtocolMid.ResultUnsubscribe:
                SubscribeResults(header);
                break;
            case OpenProtocolMid.ResultAcknowledge when _isResultOut:
                _isResultOut = false;
                controller.Acknowledge(_result);
                break;
            case OpenProtocolMid.AlarmSubscribe or OpenProtocolMid.AlarmUnsubscribe:
                SubscribeAlarms(header.Mid);
                break;
            case OpenProtocolMid.AlarmAcknowledge or OpenProtocolMid.AlarmAcknowledgedAcknowledge:
                _alarmAcknowledge = header.Mid == _alarmAcknowledge ? 0 : _alarmAcknowledge;
                break;
            case OpenProtocolMid.ResultAcknowledge or OpenProtocolMid.AlarmStatusAcknowledge:
                break;
            case OpenProtocolMid.TimeRequest:
                link.Send(OpenProtocolMid.Time, controller.Time);
                break;
            case SelectParameterSet or DisableTool or EnableTool or SetTime:
                Refuse(header.Mid, OpenProtocolError.CommandsDisabled);
                break;
            default:
                Refuse(header.Mid, OpenProtocolError.UnknownMid);
                break;
        }
    }

    private void Start()
    {
        if (_isStarted && !isSerial)
        {
            Refuse(OpenProtocolMid.CommunicationStart, OpenProtocolError.ClientAlreadyConnected);
            return;
        }

        // A serial line knows no connection: whoever begins anew has lost the old session.
        End();
        if (!controller.TryOpenSession())
        {
            Refuse(OpenProtocolMid.CommunicationStart, OpenProtocolError.ClientAlreadyConnected);
            return;
        }

        _isStarted = true;
        link.Send(OpenProtocolMid.CommunicationStarted, $"010001020103{TorqueController.Name,-25}");
    }

    private void End()
    {
        if (_isStarted)
        {
            controller.CloseSession();
        }

        (_isStarted, _tellsResults, _tellsAlarms, _isResultOut, _alarmAcknowledge) = (false, false, false, false, 0);
    }

    private void SubscribeResults(in OpenProtocolHeader header)
    {
        var subscribes = header.Mid == OpenProtocolMid.ResultSubscribe;
        if (subscribes == _tellsResults)
        {
            Refuse(header.Mid, subscribes ? OpenProtocolError.ResultSubscriptionExists : OpenProtocolError.ResultSubscriptionMissing);
            return;
        }

        _tellsResults = subscribes;
        _wantsAcknowledgement = !header.NoAcknowledge;
        _isResultOut = false;
        _result = controller.Acknowledged;
        Accept(header.Mid);
    }

    private void SubscribeAlarms(int mid)
    {
        var subscribes = mid == OpenProtocolMid.AlarmSubscribe;
        if (subscribes == _tellsAlarms)
        {
            Refuse(mid, subscribes ? OpenProtocolError.AlarmSubscriptionExists : OpenProtocolError.AlarmSubscriptionMissing);
            return;
        }

        _tellsAlarms = subscribes;
        _alarmAcknowledge = 0;
        _alarm = controller.Alarms.Last;
        Accept(mid);
    }

    private void TellResult()
    {
        var now = LinkClock.NowNanos();
        if (!_tellsResults || (_isResultOut && now - _resultSentMonoNanos < ResendNanos))
        {
            return;
        }

        // The one that is out and not acknowledged, again; else the next.
        if (!controller.Results.TryNext(_isResultOut ? _result - 1 : _result, out var number, out var result))
        {
            return;
        }

        _result = number;
        _resultSentMonoNanos = now;
        _isResultOut = _wantsAcknowledgement;
        link.Send(new OpenProtocolHeader(OpenProtocolMid.Result, 1, false), ResultMessage.DataOf(result));
        if (!_wantsAcknowledgement)
        {
            controller.Acknowledge(number);
        }
    }

    private void TellAlarm()
    {
        var now = LinkClock.NowNanos();
        if (!_tellsAlarms || (_alarmAcknowledge != 0 && now - _alarmSentMonoNanos < ResendNanos))
        {
            return;
        }

        if (!controller.Alarms.TryNext(_alarmAcknowledge != 0 ? _alarm - 1 : _alarm, out var number, out var alarm))
        {
            return;
        }

        _alarm = number;
        _alarmSentMonoNanos = now;
        var code = $"{alarm.Code,-4}"[..4];
        if (alarm.IsAcknowledged)
        {
            _alarmAcknowledge = OpenProtocolMid.AlarmAcknowledgedAcknowledge;
            link.Send(OpenProtocolMid.AlarmAcknowledged, code);
            return;
        }

        _alarmAcknowledge = OpenProtocolMid.AlarmAcknowledge;
        link.Send(OpenProtocolMid.Alarm, $"01{code}02103104{alarm.Time}");
    }

    private void HangUpOnSilence()
    {
        if (_isStarted && LinkClock.NowNanos() - _heardMonoNanos >= SilenceNanos)
        {
            End();
            if (!isSerial)
            {
                throw new LinkBrokenException("The integrator has said nothing for 15 s.");
            }
        }
    }

    private void Accept(int mid) => link.Send(OpenProtocolMid.CommandAccepted, mid.ToString("0000", CultureInfo.InvariantCulture));

    private void Refuse(int mid, OpenProtocolError error) =>
        link.Send(OpenProtocolMid.CommandError, string.Create(CultureInfo.InvariantCulture, $"{mid:0000}{(int)error:00}"));
}
