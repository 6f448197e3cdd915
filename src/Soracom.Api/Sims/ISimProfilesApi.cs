using RestEase;
using Soracom.Api.Http;

namespace Soracom.Api.Sims;

/// <summary>The subscriptions under a SIM's profiles, and Arc: virtual SIMs that connect over WireGuard. Unknown ids are 404.</summary>
public interface ISimProfilesApi
{
    /// <summary>
    /// Vendor operation createSim: a new virtual SIM. The only answer with its
    /// <see cref="SimProfile.ArcClientPeerPrivateKey"/>, in the profile whose key is the SIM ID.
    /// </summary>
    [SoracomOperation("createSim"), Post("/sims")]
    Task<Sim> CreateSimAsync([Body] VirtualSimOrder order, CancellationToken cancellationToken = default);

    /// <summary>
    /// Vendor operation addSubscription: a further subscription for a profile; a cellular one is delivered over the air once the SIM is
    /// online. 400 for one that the primary subscription doesn't allow.
    /// </summary>
    [SoracomOperation("addSubscription"), Post("/sims/{sim_id}/profiles/{iccid}/add_subscription")]
    Task<SimProfile> AddSubscriptionAsync(
        [Path("sim_id")] string simId, [Path("iccid")] string iccid, [Body] SubscriptionOrder order, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation cancelSubscriptionContainerDownload: takes an added subscription back, as long as its delivery has not begun.</summary>
    [SoracomOperation("cancelSubscriptionContainerDownload"), Post("/sims/{sim_id}/profiles/{iccid}/subscribers/{imsi}/cancel_download")]
    Task<SubscriptionContainers> CancelSubscriptionContainerDownloadAsync(
        [Path("sim_id")] string simId, [Path("iccid")] string iccid, [Path("imsi")] string imsi, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation terminateSubscriptionContainer: ends an added subscription. Only possible for Arc's.</summary>
    [SoracomOperation("terminateSubscriptionContainer"), Post("/sims/{sim_id}/profiles/{iccid}/subscribers/{imsi}/terminate")]
    Task TerminateSubscriptionContainerAsync(
        [Path("sim_id")] string simId, [Path("iccid")] string iccid, [Path("imsi")] string imsi, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation createArcSession: begins an Arc session, anew where there is one. 400 for a SIM without an Arc key.</summary>
    [SoracomOperation("createArcSession"), Post("/sims/{sim_id}/sessions/arc")]
    Task<ArcSession> CreateArcSessionAsync([Path("sim_id")] string simId, [Body] ArcSessionOrder order, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation renewArcSimCredentials: another WireGuard key, and a session with it.</summary>
    [SoracomOperation("renewArcSimCredentials"), Put("/sims/{sim_id}/credentials/arc")]
    Task<ArcKeys> RenewArcSimCredentialsAsync([Path("sim_id")] string simId, [Body] ArcKeyChoice key, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation attachArcSimCredentials: deprecated by the vendor in favour of <see cref="RenewArcSimCredentialsAsync"/>.</summary>
    [SoracomOperation("attachArcSimCredentials"), Post("/sims/{sim_id}/credentials/arc")]
    Task<ArcKeys> AttachArcSimCredentialsAsync([Path("sim_id")] string simId, [Body] ArcKeyChoice key, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation removeArcSimCredentials: takes the key away, and ends the session. Deprecated by the vendor.</summary>
    [SoracomOperation("removeArcSimCredentials"), Delete("/sims/{sim_id}/credentials/arc")]
    Task RemoveArcSimCredentialsAsync([Path("sim_id")] string simId, CancellationToken cancellationToken = default);
}
