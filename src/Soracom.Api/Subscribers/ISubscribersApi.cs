using RestEase;
using Soracom.Api.Http;
using Soracom.Api.Sims;

namespace Soracom.Api.Subscribers;

/// <summary>
/// SIMs by IMSI: the older half of the vendor's API. The vendor advises new work to name SIMs by their SIM IDs; bundles, filters of lists, exports, SMS by telephone number
/// and transfers between accounts are only here. Every operation on one subscriber answers 404 for an IMSI that the account does not have.
/// </summary>
public partial interface ISubscribersApi
{
    /// <summary>Vendor operation getSubscriber: one subscription with what it has of its SIM. 404 when there is none.</summary>
    [SoracomOperation("getSubscriber"), Get("/subscribers/{imsi}")]
    Task<Subscriber> GetSubscriberAsync(
        [Path("imsi")] string imsi, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation registerSubscriber: takes a SIM into the account, with status ready.</summary>
    [SoracomOperation("registerSubscriber"), Post("/subscribers/{imsi}/register")]
    Task<Subscriber> RegisterSubscriberAsync(
        [Path("imsi")] string imsi, [Body] SimRegistration registration, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation activateSubscriber: status becomes active.</summary>
    [SoracomOperation("activateSubscriber", Effect = CallEffect.Repeatable), Post("/subscribers/{imsi}/activate")]
    Task<Subscriber> ActivateSubscriberAsync(
        [Path("imsi")] string imsi, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation deactivateSubscriber: status becomes inactive.</summary>
    [SoracomOperation("deactivateSubscriber", Effect = CallEffect.Repeatable), Post("/subscribers/{imsi}/deactivate")]
    Task<Subscriber> DeactivateSubscriberAsync(
        [Path("imsi")] string imsi, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation setSubscriberToStandby: status becomes standby. 400 when the plan has none.</summary>
    [SoracomOperation("setSubscriberToStandby", Effect = CallEffect.Repeatable), Post("/subscribers/{imsi}/set_to_standby")]
    Task<Subscriber> SetSubscriberToStandbyAsync(
        [Path("imsi")] string imsi, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation suspendSubscriber: status becomes suspended.</summary>
    [SoracomOperation("suspendSubscriber", Effect = CallEffect.Repeatable), Post("/subscribers/{imsi}/suspend")]
    Task<Subscriber> SuspendSubscriberAsync(
        [Path("imsi")] string imsi, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation terminateSubscriber: ends the contract for good; termination has to be enabled before.</summary>
    [SoracomOperation("terminateSubscriber"), Post("/subscribers/{imsi}/terminate")]
    Task<Subscriber> TerminateSubscriberAsync(
        [Path("imsi")] string imsi, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation enableTermination: termination protection off.</summary>
    [SoracomOperation("enableTermination", Effect = CallEffect.Repeatable), Post("/subscribers/{imsi}/enable_termination")]
    Task<Subscriber> EnableTerminationAsync(
        [Path("imsi")] string imsi, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation disableTermination: termination protection on.</summary>
    [SoracomOperation("disableTermination", Effect = CallEffect.Repeatable), Post("/subscribers/{imsi}/disable_termination")]
    Task<Subscriber> DisableTerminationAsync(
        [Path("imsi")] string imsi, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation setGroup: the SIM joins a group.</summary>
    [SoracomOperation("setGroup", Effect = CallEffect.Repeatable), Post("/subscribers/{imsi}/set_group")]
    Task<Subscriber> SetGroupAsync(
        [Path("imsi")] string imsi, [Body] GroupChoice group, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation unsetGroup: the SIM leaves its group. 404 also when it is in none.</summary>
    [SoracomOperation("unsetGroup"), Post("/subscribers/{imsi}/unset_group")]
    Task<Subscriber> UnsetGroupAsync(
        [Path("imsi")] string imsi, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation updateSpeedClass: another speed class of those that the plan has.</summary>
    [SoracomOperation("updateSpeedClass", Effect = CallEffect.Repeatable), Post("/subscribers/{imsi}/update_speed_class")]
    Task<Subscriber> UpdateSpeedClassAsync(
        [Path("imsi")] string imsi, [Body] SpeedClassChoice speedClass, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation setExpiryTime: when the SIM expires, and what then happens.</summary>
    [SoracomOperation("setExpiryTime", Effect = CallEffect.Repeatable), Post("/subscribers/{imsi}/set_expiry_time")]
    Task<Subscriber> SetExpiryTimeAsync(
        [Path("imsi")] string imsi, [Body] Expiry expiry, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation unsetExpiryTime: the SIM does not expire. 404 also when no time is set.</summary>
    [SoracomOperation("unsetExpiryTime"), Post("/subscribers/{imsi}/unset_expiry_time")]
    Task<Subscriber> UnsetExpiryTimeAsync(
        [Path("imsi")] string imsi, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation setImeiLock: only one device can use the SIM; without a body, the one that does now. 400 for a malformed IMEI, and offline without one.</summary>
    [SoracomOperation("setImeiLock", Effect = CallEffect.Repeatable), Post("/subscribers/{imsi}/set_imei_lock")]
    Task<Subscriber> SetImeiLockAsync(
        [Path("imsi")] string imsi, [Body] ImeiLock? imeiLock = null, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation unsetImeiLock: any device can use the SIM.</summary>
    [SoracomOperation("unsetImeiLock", Effect = CallEffect.Repeatable), Post("/subscribers/{imsi}/unset_imei_lock")]
    Task<Subscriber> UnsetImeiLockAsync(
        [Path("imsi")] string imsi, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation deleteSubscriberSession: ends the session. Fails with the code SEM0016 when it is offline.</summary>
    [SoracomOperation("deleteSubscriberSession"), Post("/subscribers/{imsi}/delete_session")]
    Task<Subscriber> DeleteSubscriberSessionAsync(
        [Path("imsi")] string imsi, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation putBundles: other data bundles, where the plan lets one choose; 400 otherwise.</summary>
    [SoracomOperation("putBundles", Effect = CallEffect.Repeatable), Put("/subscribers/{imsi}/bundles")]
    Task<Subscriber> PutBundlesAsync(
        [Path("imsi")] string imsi, [Body] IReadOnlyList<string> bundles, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation putSubscriberTags: sets these tags of the SIM and leaves others alone.</summary>
    [SoracomOperation("putSubscriberTags", Effect = CallEffect.Repeatable), Put("/subscribers/{imsi}/tags")]
    Task<Subscriber> PutSubscriberTagsAsync(
        [Path("imsi")] string imsi, [Body] IReadOnlyList<Tag> tags, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation deleteSubscriberTag: takes a tag away. 404 also when there is none of that name.</summary>
    [SoracomOperation("deleteSubscriberTag"), Delete("/subscribers/{imsi}/tags/{tag_name}")]
    Task DeleteSubscriberTagAsync(
        [Path("imsi")] string imsi, [Path("tag_name")] string tagName, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation sendSms: sends a short message to the device. 400 when the plan has no SMS.</summary>
    [SoracomOperation("sendSms"), Post("/subscribers/{imsi}/send_sms")]
    Task<SmsReport> SendSmsAsync(
        [Path("imsi")] string imsi, [Body] SmsMessage message, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation reportLocalInfo: asks the SIM's applet about its device, by a charged short message. The answer tells nothing new yet.</summary>
    [SoracomOperation("reportLocalInfo"), Post("/subscribers/{imsi}/report_local_info")]
    Task<Subscriber> ReportLocalInfoAsync(
        [Path("imsi")] string imsi, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation subscriberDownlinkPingToUserEquipment: pings the device; that it does not answer is no error.</summary>
    [SoracomOperation("subscriberDownlinkPingToUserEquipment"), Post("/subscribers/{imsi}/downlink/ping")]
    Task<PingResult> SubscriberDownlinkPingToUserEquipmentAsync(
        [Path("imsi")] string imsi, [Body] Ping ping, CancellationToken cancellationToken = default);
}
