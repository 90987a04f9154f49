namespace IndustrieFutur.Edge.Simulators.Cobot;

/// <summary>A piece of a program: a move of all joints, or a stay where both ends are the same.</summary>
/// <param name="Phase">What the cell calls it; a phase can have several steps.</param>
/// <param name="From">Joint angles at its start.</param>
/// <param name="To">Joint angles at its end.</param>
/// <param name="Seconds">How long it takes at full speed; a stay is not slowed by the speed slider, as a program's sleep is not.</param>
/// <param name="IsMove">It moves.</param>
internal readonly record struct CobotStep(CobotPhase Phase, Vector6 From, Vector6 To, double Seconds, bool IsMove)
{
    public void At(double seconds, double rate, double rateChange, ref JointMotion motion)
    {
        var (distance, speed, acceleration) = new SpeedProfile(Seconds).At(IsMove ? seconds : 0);
        for (var i = 0; i < ArmModel.Joints; i++)
        {
            var way = To[i] - From[i];
            motion.Q[i] = distance < 1 ? From[i] + (distance * way) : To[i];
            motion.Qd[i] = way * speed * rate;
            motion.Qdd[i] = way * ((acceleration * rate * rate) + (speed * rateChange));
        }
    }
}
