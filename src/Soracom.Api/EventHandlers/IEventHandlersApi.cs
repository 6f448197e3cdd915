using RestEase;
using Soracom.Api.Http;

namespace Soracom.Api.EventHandlers;

/// <summary>Handlers of events: a rule and what is done when it comes true, for one SIM, a group or the whole account.</summary>
public interface IEventHandlersApi
{
    /// <summary>Vendor operation listEventHandlers: all handlers, or those of one kind of target, one of <see cref="EventHandlerTarget"/>. Not in pages.</summary>
    [SoracomOperation("listEventHandlers"), Get("/event_handlers")]
    Task<IReadOnlyList<EventHandler>> ListEventHandlersAsync(
        [Query("target"), WireValues(typeof(EventHandlerTarget))] string? target = null, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation createEventHandler. 400 for what makes no sense: two targets, a rule without its limit and the like.</summary>
    [SoracomOperation("createEventHandler"), Post("/event_handlers")]
    Task<EventHandler> CreateEventHandlerAsync([Body] EventHandlerSettings settings, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation getEventHandler. 404 when there is none of that id.</summary>
    [SoracomOperation("getEventHandler"), Get("/event_handlers/{handler_id}")]
    Task<EventHandler> GetEventHandlerAsync([Path("handler_id")] string handlerId, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation updateEventHandler: replaces all of it. 400, not 404, when there is none of that id.</summary>
    [SoracomOperation("updateEventHandler", Effect = CallEffect.Repeatable), Put("/event_handlers/{handler_id}")]
    Task UpdateEventHandlerAsync([Path("handler_id")] string handlerId, [Body] EventHandlerSettings settings, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation deleteEventHandler. 404 when there is none of that id.</summary>
    [SoracomOperation("deleteEventHandler"), Delete("/event_handlers/{handler_id}")]
    Task DeleteEventHandlerAsync([Path("handler_id")] string handlerId, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation listEventHandlersBySubscriber: the handlers that apply to an IMSI, for whatever target. 404 when there are none.</summary>
    [SoracomOperation("listEventHandlersBySubscriber"), Get("/event_handlers/subscribers/{imsi}")]
    Task<IReadOnlyList<EventHandler>> ListEventHandlersBySubscriberAsync([Path("imsi")] string imsi, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation setIgnoreEventHandler: the handler leaves that IMSI alone from now on.</summary>
    [SoracomOperation("setIgnoreEventHandler", Effect = CallEffect.Repeatable), Post("/event_handlers/{handler_id}/subscribers/{imsi}/ignore")]
    Task SetIgnoreEventHandlerAsync([Path("handler_id")] string handlerId, [Path("imsi")] string imsi, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation deleteIgnoreEventHandler: takes that back. 404 when there is nothing to take back.</summary>
    [SoracomOperation("deleteIgnoreEventHandler"), Delete("/event_handlers/{handler_id}/subscribers/{imsi}/ignore")]
    Task DeleteIgnoreEventHandlerAsync([Path("handler_id")] string handlerId, [Path("imsi")] string imsi, CancellationToken cancellationToken = default);
}
