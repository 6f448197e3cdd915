using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Sims;

/// <summary>A call that is about one SIM, however the caller named it.</summary>
/// <param name="Call">The call.</param>
/// <param name="Sim">The SIM as it is.</param>
/// <param name="Imsi">The IMSI that it was named by; null for the SIM ID.</param>
internal sealed record SimTurn(Call Call, Sim Sim, string? Imsi)
{
    public UndocumentedAnswers Undocumented => Call.Options.Undocumented;

    public DateTimeOffset Now => Call.Now;

    public SimLife Life => Call.Data.Part<SimLife>();

    /// <summary>The subscription that is meant: the one of the IMSI, or the primary.</summary>
    public Subscriber Subscriber => Imsi is null ? Sim.PrimarySubscriber : Sim.FindSubscriber(Imsi)!;

    /// <summary>The SIM of the path's <c>sim_id</c>.</summary>
    public static SimTurn BySimId(Call call) =>
        new(call, call.Data.FindSim(call.Path["sim_id"]) ?? throw new VendorException(VendorErrors.NoSuchSim), Imsi: null);

    /// <summary>The SIM with a subscription of the path's <c>imsi</c>.</summary>
    public static SimTurn ByImsi(Call call) =>
        new(call, call.Data.FindSimByImsi(call.Path["imsi"]) ?? throw new VendorException(VendorErrors.NoSuchSim), call.Path["imsi"]);

    /// <summary>A SIM that the call itself has made.</summary>
    public static SimTurn Of(Call call, Sim sim) => new(call, sim, Imsi: null);

    /// <summary>Puts a changed copy in the SIM's place.</summary>
    public Sim Save(Sim changed, bool modifies = true) => Life.Put(changed, Now, Call.Options.IndexLag, modifies);
}
