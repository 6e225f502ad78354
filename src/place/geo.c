#include "place/geo.h"

#include <math.h>
#include <string.h>

static const double rad = 0.017453292519943295;

double geo_km(geo_point p, geo_point q)
{
    double a = sin((p.lat - q.lat) * rad / 2), b = sin((p.lon - q.lon) * rad / 2);
    double h = a * a + cos(p.lat * rad) * cos(q.lat * rad) * b * b;
    return 12742 * asin(h > 1 ? 1 : sqrt(h));
}

geo_point geo_step(geo_point from, double bearing, double km)
{
    double d = km / 6371, lat = from.lat * rad, b = bearing * rad;
    double sine = sin(lat) * cos(d) + cos(lat) * sin(d) * cos(b);
    double to = asin(fmax(-1, fmin(1, sine)));
    double lon = from.lon * rad + atan2(sin(b) * sin(d) * cos(lat), cos(d) - sin(lat) * sin(to));
    double degrees = lon / rad;
    if (degrees > 180) degrees -= 360;
    if (degrees < -180) degrees += 360;
    return (geo_point){to / rad, degrees};
}

double geo_bearing(const char *compass, int len)
{
    static const char *const names[8] = {"N", "NE", "E", "SE", "S", "SW", "W", "NW"};
    for (int i = 0; i < 8; i++)
        if ((int)strlen(names[i]) == len && memcmp(names[i], compass, (size_t)len) == 0) return 45.0 * i;
    return -1;
}
