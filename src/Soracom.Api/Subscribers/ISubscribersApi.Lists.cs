using RestEase;
using Soracom.Api.DataEntries;
using Soracom.Api.Files;
using Soracom.Api.Groups;
using Soracom.Api.Http;
using Soracom.Api.Sims;

namespace Soracom.Api.Subscribers;

/// <content>Lists, data, exports, messages by telephone number, transfers.</content>
public partial interface ISubscribersApi
{
    /// <summary>Vendor operation listSubscribers: one page, in the order of IMSIs.</summary>
    /// <param name="tagName">The name of a tag that has to have <paramref name="tagValue"/>.</param>
    /// <param name="tagValue">Required with <paramref name="tagName"/>.</param>
    /// <param name="tagValueMatchMode">One of <see cref="TagValueMatchMode"/>; the vendor's default is the whole value.</param>
    /// <param name="statusFilter">Values of <see cref="SimStatus"/>, joined by vertical bars.</param>
    /// <param name="speedClassFilter">Speed classes, joined by vertical bars.</param>
    /// <param name="serialNumberFilter">Beginnings of serial numbers, joined by vertical bars.</param>
    /// <param name="limit">The most subscribers a page holds, 1 to 100.</param>
    /// <param name="lastEvaluatedKey">The previous page's <see cref="SoracomPage{T}.NextKey"/>; null for the first page.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("listSubscribers"), Get("/subscribers")]
    Task<SoracomPage<Subscriber>> ListSubscribersAsync(
        [Query("tag_name")] string? tagName = null,
        [Query("tag_value")] string? tagValue = null,
        [Query("tag_value_match_mode"), WireValues(typeof(TagValueMatchMode))] string? tagValueMatchMode = null,
        [Query("status_filter")] string? statusFilter = null,
        [Query("speed_class_filter")] string? speedClassFilter = null,
        [Query("serial_number_filter")] string? serialNumberFilter = null,
        [Query("limit")] int? limit = null,
        [Query("last_evaluated_key")] string? lastEvaluatedKey = null,
        CancellationToken cancellationToken = default);

    /// <summary>Vendor operation listSessionEvents: one page of the sessions' events of the last 32 days, the newest first.</summary>
    /// <param name="imsi">The IMSI.</param>
    /// <param name="from">The earliest event; null for all that there are.</param>
    /// <param name="to">The latest event.</param>
    /// <param name="limit">The most events a page holds.</param>
    /// <param name="lastEvaluatedKey">The previous page's <see cref="SoracomPage{T}.NextKey"/>; null for the first page.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("listSessionEvents"), Get("/subscribers/{imsi}/events/sessions")]
    Task<SoracomPage<SessionEvent>> ListSessionEventsAsync(
        [Path("imsi")] string imsi,
        [Query("from")] UnixMilliseconds? from = null,
        [Query("to")] UnixMilliseconds? to = null,
        [Query("limit")] int? limit = null,
        [Query("last_evaluated_key")] string? lastEvaluatedKey = null,
        CancellationToken cancellationToken = default);

    /// <summary>Vendor operation getDataFromSubscriber: one page of what the subscriber has sent to Harvest Data, the newest first unless told otherwise.</summary>
    /// <param name="imsi">The IMSI.</param>
    /// <param name="from">The earliest time.</param>
    /// <param name="to">The latest time.</param>
    /// <param name="sort">One of <see cref="SortOrder"/>; the vendor's default is desc.</param>
    /// <param name="limit">The most entries a page holds, 1 to 1000.</param>
    /// <param name="lastEvaluatedKey">The previous page's <see cref="SoracomPage{T}.NextKey"/>; null for the first page.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("getDataFromSubscriber"), Get("/subscribers/{imsi}/data")]
    Task<SoracomPage<DataEntry>> GetDataFromSubscriberAsync(
        [Path("imsi")] string imsi,
        [Query("from")] UnixMilliseconds? from = null,
        [Query("to")] UnixMilliseconds? to = null,
        [Query("sort"), WireValues(typeof(SortOrder))] string? sort = null,
        [Query("limit")] int? limit = null,
        [Query("last_evaluated_key")] string? lastEvaluatedKey = null,
        CancellationToken cancellationToken = default);

    /// <summary>Vendor operation exportSubscribers: a CSV file of all subscribers.</summary>
    /// <param name="exportMode">One of <see cref="ExportMode"/>; the vendor's default waits for the file.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("exportSubscribers", Effect = CallEffect.Repeatable), Post("/subscribers/export")]
    Task<FileExport> ExportSubscribersAsync(
        [Query("export_mode"), WireValues(typeof(ExportMode))] string? exportMode = null, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation sendSmsByMsisdn: sends a short message to a telephone number of the account's. 400 when the plan has no SMS.</summary>
    [SoracomOperation("sendSmsByMsisdn"), Post("/subscribers/msisdn/{msisdn}/send_sms")]
    Task<SmsReport> SendSmsByMsisdnAsync([Path("msisdn")] string msisdn, [Body] SmsMessage message, CancellationToken cancellationToken = default);

    /// <summary>
    /// Vendor operation issueSubscriberTransferToken: offers SIMs that are ready to another account, which is told by mail. Changing their status meanwhile ends the offer.
    /// </summary>
    [SoracomOperation("issueSubscriberTransferToken"), Post("/subscribers/transfer_token/issue")]
    Task<TransferToken> IssueSubscriberTransferTokenAsync([Body] TransferOffer request, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation verifySubscriberTransferToken: the other account takes the SIMs.</summary>
    [SoracomOperation("verifySubscriberTransferToken"), Post("/subscribers/transfer_token/verify")]
    Task<TransferredSubscribers> VerifySubscriberTransferTokenAsync([Body] TransferToken request, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation deleteSubscriberTransferToken: takes the offer back. 404 when there is none.</summary>
    [SoracomOperation("deleteSubscriberTransferToken"), Delete("/subscribers/transfer_token/{token}")]
    Task DeleteSubscriberTransferTokenAsync([Path("token")] string token, CancellationToken cancellationToken = default);
}
