using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Fleets;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Sims;

/// <summary>The WireGuard key of a SIM's Arc subscription, and the session that goes with it.</summary>
internal static class ArcSessions
{
    private const int KeyLength = 32;

    public static IReadOnlyList<Operation> All { get; } =
    [
        new("POST", "/sims/{sim_id}/sessions/arc", "createArcSession", "Sim:createArcSession", CreateSession),
        new("POST", "/sims/{sim_id}/credentials/arc", "attachArcSimCredentials", "Sim:attachArcSimCredentials", Renew),
        new("PUT", "/sims/{sim_id}/credentials/arc", "renewArcSimCredentials", "Sim:renewArcSimCredentials", Renew),
        new("DELETE", "/sims/{sim_id}/credentials/arc", "removeArcSimCredentials", "Sim:removeArcSimCredentials", Remove),
    ];

    /// <summary>Gives a profile a key, of the caller's or a new pair, and its SIM a session with it.</summary>
    public static (Sim Sim, ArcKeyPair Keys) Attach(SimTurn turn, SimProfile profile, string? publicKey)
    {
        var keys = publicKey is null ? ArcKeyPair.Make(turn.Life.Chance()) : new ArcKeyPair(publicKey, PrivateKey: null);
        var keyed = profile with { ArcClientPeerPublicKey = keys.PublicKey };
        var sim = turn.Sim with
        {
            Profiles = [.. turn.Sim.Profiles.Select(one => one.Iccid == profile.Iccid ? keyed : one)],
            ArcSession = SessionOf(turn, keys.PublicKey),
        };
        return (turn.Save(sim), keys);
    }

    private static Answer CreateSession(Call call)
    {
        call.Body.OptionalObject();
        var turn = SimTurn.BySimId(call);
        var key = ArcProfileOf(turn.Sim)?.ArcClientPeerPublicKey ?? throw new VendorException(SimErrors.NoArcKey);
        var arc = SessionOf(turn, key);

        // A virtual SIM is online with its tunnel.
        turn.Save(turn.Sim with { ArcSession = arc }, modifies: false);
        if (turn.Sim.IsVirtual)
        {
            SimMoments.Connect(turn.Life, turn.Call.Data.FindSim(turn.Sim.SimId)!, turn.Now);
        }

        return Answer.Ok(json =>
        {
            json.WriteStartObject();
            SessionJson.WriteTunnel(json, arc);
            json.WriteEndObject();
        });
    }

    private static Answer Renew(Call call)
    {
        var turn = SimTurn.BySimId(call);
        var publicKey = call.Body.OptionalObject().Text("arcClientPeerPublicKey");
        if (publicKey is not null && !IsKey(publicKey))
        {
            throw new VendorException(SimErrors.BadKey);
        }

        var (_, keys) = Attach(turn, ArcProfileOf(turn.Sim) ?? throw new VendorException(SimErrors.NoArcKey), publicKey);
        return Answer.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteString("arcClientPeerPublicKey", keys.PublicKey);
            if (keys.PrivateKey is not null)
            {
                json.WriteString("arcClientPeerPrivateKey", keys.PrivateKey);
            }

            json.WriteEndObject();
        });
    }

    private static Answer Remove(Call call)
    {
        var turn = SimTurn.BySimId(call);
        var profile = ArcProfileOf(turn.Sim) ?? throw new VendorException(SimErrors.NoArcKey);
        var sim = turn.Sim.IsVirtual ? SimSessions.End(turn.Sim, turn.Now) : turn.Sim;
        turn.Save(sim with
        {
            Profiles = [.. sim.Profiles.Select(one => one == profile ? one with { ArcClientPeerPublicKey = null } : one)],
            ArcSession = null,
        });
        return Answer.NoContent;
    }

    private static SimProfile? ArcProfileOf(Sim sim) => sim.Profiles.FirstOrDefault(profile =>
        profile.Subscribers.Any(one => one.Subscription == Subscriptions.Arc && (one.Status ?? sim.Status) != StatusMachine.Terminated));

    /// <summary>The server's key belongs to the coverage; the client's address stays what it was.</summary>
    private static ArcSession SessionOf(SimTurn turn, string publicKey)
    {
        var isJapan = turn.Life.Coverage == Coverage.Japan;
        var server = new SeededRandom(seed: 0, $"arc server of {turn.Life.Coverage.ShortName()}").WireGuardKey();
        var old = turn.Sim.ArcSession;
        return new ArcSession(
            old?.ServerPeerPublicKey ?? server,
            old?.ServerEndpoint ?? $"{(isJapan ? "ap" : "eu")}.arc.sandbox.invalid:11010",
            old?.ClientAddress ?? SimSessions.AddressOf(turn.Sim),
            publicKey,
            turn.Now.ToUnixTimeMilliseconds(),
            isJapan ? "ap-northeast-1" : "eu-central-1");
    }

    private static bool IsKey(string text)
    {
        Span<byte> bytes = stackalloc byte[KeyLength + 2];
        return Convert.TryFromBase64String(text, bytes, out var length) && length == KeyLength;
    }
}
