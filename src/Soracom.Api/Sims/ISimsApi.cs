using RestEase;
using Soracom.Api.DataEntries;
using Soracom.Api.Http;

namespace Soracom.Api.Sims;

/// <summary>
/// SIMs: cellular and virtual ones, whatever the number of their subscriptions. Where nothing else is said, a method answers the
/// SIM as it is after the change, and fails with 404 for an unknown SIM ID.
/// </summary>
public interface ISimsApi
{
    /// <summary>Vendor operation listSims: one page of all SIMs.</summary>
    /// <param name="limit">The most SIMs a page holds; can only lower the vendor's own limit.</param>
    /// <param name="lastEvaluatedKey">The previous page's <see cref="SoracomPage{T}.NextKey"/>; null for the first page.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("listSims"), Get("/sims")]
    Task<SoracomPage<Sim>> ListSimsAsync(
        [Query("limit")] int? limit = null,
        [Query("last_evaluated_key")] string? lastEvaluatedKey = null,
        CancellationToken cancellationToken = default);

    /// <summary>Vendor operation getSim: one SIM by its SIM ID. 404 when there is none.</summary>
    [SoracomOperation("getSim"), Get("/sims/{sim_id}")]
    Task<Sim> GetSimAsync([Path("sim_id")] string simId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Vendor operation searchSims: SIMs by parts of their ids, names and tags. Letter case does not matter. Each value has at
    /// least two characters, no comma within (the vendor splits at it); 400 otherwise. The index lags changes by seconds. A
    /// parameter that is left out does not filter.
    /// </summary>
    /// <param name="name">Parts of SIM names.</param>
    /// <param name="group">Parts of group names.</param>
    /// <param name="groupId">Group ids.</param>
    /// <param name="simId">Parts of SIM IDs.</param>
    /// <param name="imsi">Parts of IMSIs.</param>
    /// <param name="msisdn">Parts of MSISDNs.</param>
    /// <param name="iccid">Parts of ICCIDs.</param>
    /// <param name="serialNumber">Parts of serial numbers.</param>
    /// <param name="tag">Parts of the value of any tag.</param>
    /// <param name="bundles">Bundles.</param>
    /// <param name="status">Values of <see cref="SimStatus"/>.</param>
    /// <param name="sessionStatus">One of <see cref="SessionStatusFilter"/>; the vendor's default is any.</param>
    /// <param name="subscription">Subscriptions, matched whole; several of them need <see cref="SearchType.Or"/>.</param>
    /// <param name="moduleType">Values of <see cref="ModuleType"/>.</param>
    /// <param name="limit">The most SIMs a page holds; the vendor's default is 10, its limit 100.</param>
    /// <param name="lastEvaluatedKey">The previous page's <see cref="SoracomPage{T}.NextKey"/>; null for the first page.</param>
    /// <param name="searchType">One of <see cref="SearchType"/>, for parameters and for several values of one; the vendor's default is and.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("searchSims"), Get("/query/sims")]
    Task<SoracomPage<Sim>> SearchSimsAsync(
        [Query("name")] IReadOnlyCollection<string>? name = null,
        [Query("group")] IReadOnlyCollection<string>? group = null,
        [Query("group_id")] IReadOnlyCollection<string>? groupId = null,
        [Query("sim_id")] IReadOnlyCollection<string>? simId = null,
        [Query("imsi")] IReadOnlyCollection<string>? imsi = null,
        [Query("msisdn")] IReadOnlyCollection<string>? msisdn = null,
        [Query("iccid")] IReadOnlyCollection<string>? iccid = null,
        [Query("serial_number")] IReadOnlyCollection<string>? serialNumber = null,
        [Query("tag")] IReadOnlyCollection<string>? tag = null,
        [Query("bundles")] IReadOnlyCollection<string>? bundles = null,
        [Query("status")] IReadOnlyCollection<string>? status = null,
        [Query("session_status"), WireValues(typeof(SessionStatusFilter))] string? sessionStatus = null,
        [Query("subscription")] IReadOnlyCollection<string>? subscription = null,
        [Query("module_type")] IReadOnlyCollection<string>? moduleType = null,
        [Query("limit")] int? limit = null,
        [Query("last_evaluated_key")] string? lastEvaluatedKey = null,
        [Query("search_type"), WireValues(typeof(SearchType))] string? searchType = null,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Vendor operation registerSim: takes a SIM into the account, with status ready. 404 for an unknown SIM ID or another secret;
    /// a SIM that is in an account already is refused.
    /// </summary>
    [SoracomOperation("registerSim"), Post("/sims/{sim_id}/register")]
    Task<Sim> RegisterSimAsync([Path("sim_id")] string simId, [Body] SimRegistration registration, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation activateSim: status becomes active. Not possible once terminated.</summary>
    [SoracomOperation("activateSim", Effect = CallEffect.Repeatable), Post("/sims/{sim_id}/activate")]
    Task<Sim> ActivateSimAsync([Path("sim_id")] string simId, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation deactivateSim: status becomes inactive, and the session ends.</summary>
    [SoracomOperation("deactivateSim", Effect = CallEffect.Repeatable), Post("/sims/{sim_id}/deactivate")]
    Task<Sim> DeactivateSimAsync([Path("sim_id")] string simId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Vendor operation setSimToStandby: status becomes standby; at its next connection it becomes active by itself. 400 for a plan
    /// without standby (plan-D, plan-K).
    /// </summary>
    [SoracomOperation("setSimToStandby", Effect = CallEffect.Repeatable), Post("/sims/{sim_id}/set_to_standby")]
    Task<Sim> SetSimToStandbyAsync([Path("sim_id")] string simId, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation suspendSim: status becomes suspended, and the session ends. Leaving that status costs a fee.</summary>
    [SoracomOperation("suspendSim", Effect = CallEffect.Repeatable), Post("/sims/{sim_id}/suspend")]
    Task<Sim> SuspendSimAsync([Path("sim_id")] string simId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Vendor operation terminateSim: status becomes terminated, for ever. Refused unless
    /// <see cref="Sim.TerminationEnabled"/> is true, see <see cref="EnableSimTerminationAsync"/>.
    /// </summary>
    [SoracomOperation("terminateSim"), Post("/sims/{sim_id}/terminate")]
    Task<Sim> TerminateSimAsync([Path("sim_id")] string simId, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation enableSimTermination: termination protection off, the SIM may be terminated.</summary>
    [SoracomOperation("enableSimTermination", Effect = CallEffect.Repeatable), Post("/sims/{sim_id}/enable_termination")]
    Task<Sim> EnableSimTerminationAsync([Path("sim_id")] string simId, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation disableSimTermination: termination protection on, the SIM can't be terminated.</summary>
    [SoracomOperation("disableSimTermination", Effect = CallEffect.Repeatable), Post("/sims/{sim_id}/disable_termination")]
    Task<Sim> DisableSimTerminationAsync([Path("sim_id")] string simId, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation setSimGroup: the SIM joins a group of its account, and leaves the one that it was in.</summary>
    [SoracomOperation("setSimGroup", Effect = CallEffect.Repeatable), Post("/sims/{sim_id}/set_group")]
    Task<Sim> SetSimGroupAsync([Path("sim_id")] string simId, [Body] GroupChoice group, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation unsetSimGroup: the SIM leaves its group.</summary>
    [SoracomOperation("unsetSimGroup", Effect = CallEffect.Repeatable), Post("/sims/{sim_id}/unset_group")]
    Task<Sim> UnsetSimGroupAsync([Path("sim_id")] string simId, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation updateSimSpeedClass. 400 when the subscription has no such speed class.</summary>
    [SoracomOperation("updateSimSpeedClass", Effect = CallEffect.Repeatable), Post("/sims/{sim_id}/update_speed_class")]
    Task<Sim> UpdateSimSpeedClassAsync([Path("sim_id")] string simId, [Body] SpeedClassChoice speedClass, CancellationToken cancellationToken = default);

    /// <summary>
    /// Vendor operation setSimExpiryTime. From that time on the SIM can't begin a session, whatever the action, until the time is
    /// moved or taken away. The action terminate needs termination protection off.
    /// </summary>
    [SoracomOperation("setSimExpiryTime", Effect = CallEffect.Repeatable), Post("/sims/{sim_id}/set_expiry_time")]
    Task<Sim> SetSimExpiryTimeAsync([Path("sim_id")] string simId, [Body] Expiry expiry, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation unsetSimExpiryTime. 404 also when none is set.</summary>
    [SoracomOperation("unsetSimExpiryTime"), Post("/sims/{sim_id}/unset_expiry_time")]
    Task<Sim> UnsetSimExpiryTimeAsync([Path("sim_id")] string simId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Vendor operation setSimImeiLock: only the device with that IMEI can begin a session; without a body, the device that has one
    /// now. 400 for a malformed IMEI, and for an offline SIM when none is given.
    /// </summary>
    [SoracomOperation("setSimImeiLock", Effect = CallEffect.Repeatable), Post("/sims/{sim_id}/set_imei_lock")]
    Task<Sim> SetSimImeiLockAsync([Path("sim_id")] string simId, [Body] ImeiLock? imeiLock = null, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation unsetSimImeiLock: any device can use the SIM.</summary>
    [SoracomOperation("unsetSimImeiLock", Effect = CallEffect.Repeatable), Post("/sims/{sim_id}/unset_imei_lock")]
    Task<Sim> UnsetSimImeiLockAsync([Path("sim_id")] string simId, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation putSimTags: sets these tags and leaves others alone. The tag <c>name</c> is the display name; a value may be empty.</summary>
    [SoracomOperation("putSimTags", Effect = CallEffect.Repeatable), Put("/sims/{sim_id}/tags")]
    Task<Sim> PutSimTagsAsync([Path("sim_id")] string simId, [Body] IReadOnlyList<Tag> tags, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation deleteSimTag. 404 also when it has no such tag.</summary>
    [SoracomOperation("deleteSimTag"), Delete("/sims/{sim_id}/tags/{tag_name}")]
    Task DeleteSimTagAsync([Path("sim_id")] string simId, [Path("tag_name")] string tagName, CancellationToken cancellationToken = default);

    /// <summary>
    /// Vendor operation deleteSimSession: ends the session; the device normally begins another. Fails with the code SEM0016 when the
    /// SIM is offline.
    /// </summary>
    [SoracomOperation("deleteSimSession"), Post("/sims/{sim_id}/delete_session")]
    Task<Sim> DeleteSimSessionAsync([Path("sim_id")] string simId, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation listSimSessionEvents: one page of the sessions' beginnings, changes and ends, newest first, of the last 32 days.</summary>
    /// <param name="simId">The SIM.</param>
    /// <param name="from">The earliest event; null for all that there are.</param>
    /// <param name="to">The latest event.</param>
    /// <param name="limit">The most events a page holds.</param>
    /// <param name="lastEvaluatedKey">The previous page's <see cref="SoracomPage{T}.NextKey"/>; null for the first page.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("listSimSessionEvents"), Get("/sims/{sim_id}/events/sessions")]
    Task<SoracomPage<SessionEvent>> ListSimSessionEventsAsync(
        [Path("sim_id")] string simId,
        [Query("from")] UnixMilliseconds? from = null,
        [Query("to")] UnixMilliseconds? to = null,
        [Query("limit")] int? limit = null,
        [Query("last_evaluated_key")] string? lastEvaluatedKey = null,
        CancellationToken cancellationToken = default);

    /// <summary>Vendor operation listSimStatusHistory: one page of what was done to status, speed class and group.</summary>
    /// <param name="simId">The SIM.</param>
    /// <param name="from">The earliest entry; null for all that there are.</param>
    /// <param name="to">The latest entry.</param>
    /// <param name="lastEvaluatedKey">The previous page's <see cref="SoracomPage{T}.NextKey"/>; null for the first page.</param>
    /// <param name="sort">One of <see cref="SortOrder"/>; the vendor's default is the newest first.</param>
    /// <param name="limit">The most entries a page holds, 1 to 100; the vendor's default is 30.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("listSimStatusHistory"), Get("/sims/{sim_id}/statuses/history")]
    Task<SoracomPage<SimStatusEntry>> ListSimStatusHistoryAsync(
        [Path("sim_id")] string simId,
        [Query("from")] UnixMilliseconds? from = null,
        [Query("to")] UnixMilliseconds? to = null,
        [Query("last_evaluated_key")] string? lastEvaluatedKey = null,
        [Query("sort"), WireValues(typeof(SortOrder))] string? sort = null,
        [Query("limit")] int? limit = null,
        CancellationToken cancellationToken = default);

    /// <summary>Vendor operation getDataFromSim: one page of what the SIM has sent to Harvest Data, the newest first unless told otherwise.</summary>
    /// <param name="simId">The SIM ID.</param>
    /// <param name="from">The earliest time.</param>
    /// <param name="to">The latest time.</param>
    /// <param name="sort">One of <see cref="SortOrder"/>; the vendor's default is desc.</param>
    /// <param name="limit">The most entries a page holds, 1 to 1000.</param>
    /// <param name="lastEvaluatedKey">The previous page's <see cref="SoracomPage{T}.NextKey"/>; null for the first page.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("getDataFromSim"), Get("/sims/{sim_id}/data")]
    Task<SoracomPage<DataEntry>> GetDataFromSimAsync(
        [Path("sim_id")] string simId,
        [Query("from")] UnixMilliseconds? from = null,
        [Query("to")] UnixMilliseconds? to = null,
        [Query("sort"), WireValues(typeof(SortOrder))] string? sort = null,
        [Query("limit")] int? limit = null,
        [Query("last_evaluated_key")] string? lastEvaluatedKey = null,
        CancellationToken cancellationToken = default);

    /// <summary>Vendor operation getTestingUsage: what is used up of the free test period. 404 for a SIM that is not in it.</summary>
    [SoracomOperation("getTestingUsage"), Get("/sims/{sim_id}/testing/usage")]
    Task<TestingUsage> GetTestingUsageAsync([Path("sim_id")] string simId, CancellationToken cancellationToken = default);
}
