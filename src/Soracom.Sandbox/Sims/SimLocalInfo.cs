using System.Globalization;
using Soracom.Sandbox.Errors;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Sims;

/// <summary>The card's applet, which reports of its device when a short message asks for it.</summary>
internal static class SimLocalInfo
{
    private static readonly TimeSpan Answers = TimeSpan.FromSeconds(20);

    /// <summary>Sends the message. The report comes later, when the device is there to send it.</summary>
    public static void Request(SimTurn turn)
    {
        if (turn.Sim.IsVirtual || !turn.Sim.PrimarySubscriber.Plan.HasSms)
        {
            throw new VendorException(SimErrors.NoLocalInfo);
        }

        turn.Life.Plan(new SimMoment(SimMomentKind.LocalInfo, turn.Sim.SimId), turn.Now + Answers);
    }

    public static void Arrive(SimLife life, Sim sim, DateTimeOffset at)
    {
        if (sim is not { Online: true, Session: { Cell: { } cell } session })
        {
            return;
        }

        var info = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["imei"] = session.Imei ?? "",
            ["mcc"] = cell.Mcc.ToString(CultureInfo.InvariantCulture),
            ["mnc"] = cell.Mnc.ToString("D2", CultureInfo.InvariantCulture),
            ["locationAreaCode"] = (cell.Tac ?? cell.Lac ?? 0).ToString(CultureInfo.InvariantCulture),
            ["cellId"] = (cell.Eci ?? cell.Ci ?? 0).ToString(CultureInfo.InvariantCulture),
            ["lastUpdatedAt"] = at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
        };
        life.Put(sim with { Details = (sim.Details ?? new SimDetails()) with { LocalInfo = info } }, at);
    }
}
