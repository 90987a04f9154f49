namespace IndustrieFutur.Edge.Simulators.Cobot;

/// <summary>Six joints at one moment: angles in rad, speeds in rad/s, accelerations in rad/s2.</summary>
internal struct JointMotion
{
    public Vector6 Q;

    public Vector6 Qd;

    public Vector6 Qdd;

    /// <summary>Goes a part of the way to another motion: angles, speeds and accelerations alike, so that they still belong together.</summary>
    public void Approach(in JointMotion target, double part)
    {
        for (var i = 0; i < ArmModel.Joints; i++)
        {
            Q[i] += part * (target.Q[i] - Q[i]);
            Qd[i] += part * (target.Qd[i] - Qd[i]);
            Qdd[i] += part * (target.Qdd[i] - Qdd[i]);
        }
    }
}
