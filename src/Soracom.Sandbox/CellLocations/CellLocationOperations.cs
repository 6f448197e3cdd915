using System.Globalization;
using System.Text.Json;
using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;

namespace Soracom.Sandbox.CellLocations;

/// <summary>The tag CellLocation.</summary>
internal static class CellLocationOperations
{
    private const int MostCells = 1000;

    public static IReadOnlyList<Operation> All { get; } =
    [
        new("GET", "/cell_locations", "getCellLocation", "CellLocation:getCellLocation", Get),
        new("POST", "/cell_locations", "batchGetCellLocations", "CellLocation:batchGetCellLocations", GetSeveral),
    ];

    private static Answer Get(Call call)
    {
        call.Query.RequiredText("mcc");
        call.Query.RequiredText("mnc");
        return Masts.Find(Read(call.Query.Text)) is { } mast
            ? Answer.Ok(json => Write(json, mast, identifier: null))
            : throw new VendorException(Masts.Unknown);
    }

    /// <summary>Stations that nobody knows are left out: the identifier tells which ones.</summary>
    private static Answer GetSeveral(Call call)
    {
        List<(CellNumbers Cell, string? Identifier)> asked = [.. call.Body.ObjectArray().Select(one => (Read(one.Text), one.Text("identifier")))];
        if (asked.Count > MostCells)
        {
            throw new VendorException(VendorErrors.OutOfRange, "cells", "0", $"{MostCells}");
        }

        return Answer.Ok(json =>
        {
            json.WriteStartArray();
            foreach (var (cell, identifier) in asked)
            {
                if (Masts.Find(cell) is { } mast)
                {
                    Write(json, mast, identifier);
                }
            }

            json.WriteEndArray();
        });
    }

    /// <summary>All numbers travel as text; of two names for the same number either will do.</summary>
    private static CellNumbers Read(Func<string, string?> text) => new(
        Number(text, "mcc") ?? -1, Number(text, "mnc") ?? -1, Number(text, "lac") ?? Number(text, "tac"), Number(text, "cid") ?? Number(text, "ecid") ?? Number(text, "eci"));

    private static int? Number(Func<string, string?> text, string name) => text(name) is not { } value ? null
        : int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw new VendorException(VendorErrors.NotAnInteger, name);

    private static void Write(Utf8JsonWriter json, Mast mast, string? identifier)
    {
        json.WriteStartObject();
        json.WriteNumber("lat", mast.Latitude);
        json.WriteNumber("lon", mast.Longitude);
        json.WriteNumber("range", mast.Range);
        json.WriteNumber("samples", mast.Samples);
        json.WriteNumber("exact", 0);
        json.WriteNumber("avg_strength", mast.Strength);
        json.WriteString("created", Iso(mast.Created));
        json.WriteString("updated", Iso(mast.Created.AddDays(mast.Samples)));
        if (identifier is not null)
        {
            json.WriteString("identifier", identifier);
        }

        json.WriteEndObject();
    }

    private static string Iso(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
