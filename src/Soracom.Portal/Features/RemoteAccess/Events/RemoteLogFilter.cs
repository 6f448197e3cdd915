using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data.RemoteAccess;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.RemoteAccess.Events;

/// <summary>Puts a query to the database.</summary>
internal static class RemoteLogFilter
{
    private const string Escape = "\\";

    /// <summary>The events that a query asks for, newest first.</summary>
    public static IQueryable<RemoteAccessEvent> Of(this IQueryable<RemoteAccessEvent> events, RemoteLogQuery query, string zone)
    {
        if (query.Before is { } before)
        {
            var (at, id) = (before.At, before.Id);
            events = events.Where(happened => happened.At < at || (happened.At == at && happened.Id < id));
        }

        if (query.Door is { } door)
        {
            events = events.Where(happened => happened.DoorId == door);
        }

        if (query.People.Count > 0)
        {
            var people = query.People.Where(person => person != RemoteLogQuery.Elsewhere).Select(Guid.Parse).ToList();
            var elsewhere = query.People.Contains(RemoteLogQuery.Elsewhere);
            events = events.Where(happened => happened.OpenerId == null ? elsewhere : people.Contains(happened.OpenerId.Value));
        }

        if (query.Types.Count > 0)
        {
            var types = query.Types.ToList();
            events = events.Where(happened => types.Contains(happened.Type));
        }

        return events.Within(query, zone).Telling(query).OrderByDescending(happened => happened.At).ThenByDescending(happened => happened.Id);
    }

    private static IQueryable<RemoteAccessEvent> Within(this IQueryable<RemoteAccessEvent> events, RemoteLogQuery query, string zone)
    {
        if (query.From is { } first)
        {
            var from = Times.InZone(first, zone);
            events = events.Where(happened => happened.At >= from);
        }

        if (query.Until is { } last)
        {
            // The whole minute, and where clocks show it twice, the second too.
            var shown = Times.InZone(last, zone);
            var until = (Times.Both(shown, zone)?.Second ?? shown).AddMinutes(1);
            events = events.Where(happened => happened.At < until);
        }

        return events;
    }

    private static IQueryable<RemoteAccessEvent> Telling(this IQueryable<RemoteAccessEvent> events, RemoteLogQuery query)
    {
        if (query.Sim.Length > 0)
        {
            // Not Contains, which SQLite takes by letter case.
            var pattern = $"%{Literal(query.Sim)}%";
            events = events.Where(happened =>
                EF.Functions.Like(happened.SimName, pattern, Escape) || EF.Functions.Like(happened.SimId, pattern, Escape) || EF.Functions.Like(happened.Imsi, pattern, Escape));
        }

        if (query.Address.Length > 0)
        {
            var pattern = $"{Literal(query.Address)}%";
            events = events.Where(happened => EF.Functions.Like(happened.SourceAddress, pattern, Escape));
        }

        return events;
    }

    private static string Literal(string text) => string.Concat(text.Select(letter => letter is '%' or '_' or '[' or '\\' ? Escape + letter : letter.ToString()));
}
