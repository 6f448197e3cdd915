using RestEase;
using Soracom.Api.Http;
using Soracom.Api.Subscribers;

namespace Soracom.Api.Sims;

/// <summary>
/// What is sent to a SIM's device: short messages, and calls of its own servers through the vendor's network. All of it fails
/// with 404 for an unknown SIM ID; what needs a network connection to the device fails with 422 when there is none, and no answer of a
/// device may take longer than 10 seconds or be larger than 5 MiB.
/// </summary>
public interface ISimMessagesApi
{
    /// <summary>
    /// Vendor operation sendSmsToSim: accepts a short message for delivery (202). Charged. 400 when the plan has no SMS or the text is
    /// too long.
    /// </summary>
    [SoracomOperation("sendSmsToSim"), Post("/sims/{sim_id}/send_sms")]
    Task<SmsReport> SendSmsToSimAsync([Path("sim_id")] string simId, [Body] SmsMessage message, CancellationToken cancellationToken = default);

    /// <summary>
    /// Vendor operation reportSimLocalInfo: asks the SIM's applet to report of its device (202), which shows in
    /// <see cref="Sim.LocalInfo"/> later. Sends a charged SMS. 400 when the SIM has no such applet.
    /// </summary>
    [SoracomOperation("reportSimLocalInfo"), Post("/sims/{sim_id}/report_local_info")]
    Task<Subscriber> ReportSimLocalInfoAsync([Path("sim_id")] string simId, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation sendDownlinkPing: whether the device answers a ping. An offline one doesn't: no failure, but no success either.</summary>
    [SoracomOperation("sendDownlinkPing", Effect = CallEffect.Repeatable), Post("/sims/{sim_id}/downlink/ping")]
    Task<PingResult> SendDownlinkPingAsync([Path("sim_id")] string simId, [Body] Ping ping, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation sendDownlinkHttp: an HTTP call of the device; its answer's status does not make this call fail.</summary>
    [SoracomOperation("sendDownlinkHttp"), Post("/sims/{sim_id}/downlink/http")]
    Task<DeviceHttpAnswer> SendDownlinkHttpAsync([Path("sim_id")] string simId, [Body] DeviceHttpCall call, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation sendDownlinkSsh: runs a command on the device, of up to 8,192 bytes.</summary>
    [SoracomOperation("sendDownlinkSsh"), Post("/sims/{sim_id}/downlink/ssh")]
    Task<DeviceCommandResult> SendDownlinkSshAsync([Path("sim_id")] string simId, [Body] DeviceCommand command, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation sendDownlinkTcp: sends bytes to the device over TCP, and waits for bytes as its options say.</summary>
    [SoracomOperation("sendDownlinkTcp"), Post("/sims/{sim_id}/downlink/tcp")]
    Task<TcpAnswer> SendDownlinkTcpAsync([Path("sim_id")] string simId, [Body] TcpPayload payload, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation sendDownlinkUdp: sends up to 1,472 bytes to the device; nothing tells whether they arrive.</summary>
    [SoracomOperation("sendDownlinkUdp"), Post("/sims/{sim_id}/downlink/udp")]
    Task SendDownlinkUdpAsync([Path("sim_id")] string simId, [Body] UdpPayload payload, CancellationToken cancellationToken = default);

    /// <summary>
    /// Vendor operation sendDownlinkRtsp: a JPEG of what the device's camera shows. 403 when the camera refuses the login, 422 when
    /// it doesn't send H.264.
    /// </summary>
    [SoracomOperation("sendDownlinkRtsp", Effect = CallEffect.Repeatable), Post("/sims/{sim_id}/downlink/rtsp")]
    Task<SoracomFile> SendDownlinkRtspAsync([Path("sim_id")] string simId, [Body] RtspCommand command, CancellationToken cancellationToken = default);
}
