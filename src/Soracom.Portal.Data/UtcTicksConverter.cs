using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Soracom.Portal.Data;

/// <summary>Keeps an instant as its UTC ticks: it sorts and compares in every database.</summary>
[SuppressMessage("Performance", "CA1812", Justification = "Made by Entity Framework.")]
internal sealed class UtcTicksConverter() : ValueConverter<DateTimeOffset, long>(
    instant => instant.UtcTicks,
    ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
